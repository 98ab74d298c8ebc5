// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What message attributes must be: at most ten, each with a type and a value of it.
///
/// From the Developer Guide, "Amazon SQS message metadata"; texts as SQS words them.
struct AttributeCheck {
    let call: FakeCall

    /// How many bytes the attributes have: names, types and values count.
    func size(of attributes: Fields) throws(WireError) -> Int {
        if attributes.count > 10 {
            throw refused("Number of message attributes [\(attributes.count)] exceeds the allowed maximum [10].")
        }
        var size = 0
        for (name, value) in attributes {
            try check(name: name)
            size += name.utf8.count + (try check(value.fields ?? [:], of: name, "message attribute"))
        }
        return size
    }

    /// The one system attribute that can be sent is AWS X-Ray's header. It counts nothing.
    func checkSystem(_ attributes: Fields) throws(WireError) {
        for (name, value) in attributes {
            guard name == "AWSTraceHeader" else {
                throw refused("Message system attribute name '\(name)' is invalid.")
            }
            _ = try check(value.fields ?? [:], of: name, "message system attribute")
            guard value.fields?["DataType"]?.string == "String" else {
                throw refused("The message system attribute '\(name)' has an invalid message system attribute type.")
            }
        }
    }

    private func refused(_ text: String) -> WireError { call.error("InvalidParameterValue", text) }

    private func check(name: String) throws(WireError) {
        let isValid =
            (1...256).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasSuffix(".") && !name.contains("..")
            && name.utf8.allSatisfy { SQS.isNameLetter($0) || $0 == UInt8(ascii: ".") }
        let lower = name.lowercased()
        guard isValid, !lower.hasPrefix("aws."), !lower.hasPrefix("amazon.") else {
            throw refused(
                "Message attribute name '\(name)' is invalid. A name has 1 to 256 letters, digits, underscores, "
                    + "hyphens and single periods, and does not begin with AWS. or Amazon.")
        }
    }

    private func check(_ attribute: Fields, of name: String, _ kind: String) throws(WireError) -> Int {
        guard let type = attribute["DataType"]?.string, !type.isEmpty else {
            throw refused("The \(kind) '\(name)' must contain non-empty message attribute type.")
        }
        guard type.utf8.count <= 256 else {
            throw refused("Length of message attribute type must be less than 256 bytes.")
        }
        let base = type.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)[0]
        guard ["String", "Number", "Binary"].contains(base) else {
            throw refused(
                "The \(kind) '\(name)' has an invalid message attribute type, the set of supported type prefixes is "
                    + "Binary, Number, and String.")
        }
        for member in ["StringListValues", "BinaryListValues"] where attribute[member]?.list?.isEmpty == false {
            throw call.error(
                "UnsupportedOperation", "Message attribute list values in SendMessage operation are not supported.")
        }
        var size = type.utf8.count
        if base == "Binary" {
            if case .blob(let blob) = attribute["BinaryValue"], blob.count > 0 { return size + blob.count }
        } else if let text = attribute["StringValue"]?.string, !text.isEmpty {
            if base == "Number", Double(text)?.isFinite != true {
                throw refused("Can't cast the value of \(kind) '\(name)' to a number.")
            }
            size += text.utf8.count
            return size
        }
        throw refused(
            "The \(kind) '\(name)' must contain non-empty message attribute value for message attribute type "
                + "'\(type)'.")
    }
}
