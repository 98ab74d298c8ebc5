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
        guard name.utf8.count <= 256 else {
            throw refused("Length of message attribute name must be less than 256 bytes.")
        }
        if name.isEmpty { throw refused("Message attribute name can not be empty.") }
        for (place, isThere) in [("starting", name.hasPrefix(".")), ("ending", name.hasSuffix("."))] where isThere {
            throw refused("Invalid message attribute name \(place) with character '.' was found.")
        }
        let dot = UInt8(ascii: ".")
        for letter in name.unicodeScalars {
            guard letter.isASCII, let byte = letter.utf8.first, SQS.isNameLetter(byte) || byte == dot else {
                let code = String(letter.value, radix: 16, uppercase: true)
                throw refused(
                    "Invalid non-alphanumeric character '#x\(code)' was found in the message attribute name. Can only "
                        + "include alphanumeric characters, hyphens, underscores, or dots.")
            }
        }
        if name.contains("..") { throw refused("Message attribute name can not have successive '.' character.") }
        let lower = name.lowercased()
        for reserved in ["AWS.", "Amazon."] where lower.hasPrefix(reserved.lowercased()) {
            throw refused("Invalid message attribute name starting with '\(reserved)' was found.")
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
        guard ["String", "Number", "Binary"].contains(base), !type.hasSuffix(".") else {
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
            if base == "Number", !Self.isNumber(text) {
                throw refused("Can't cast the value of \(kind) '\(name)' to a number.")
            }
            size += text.utf8.count
            return size
        }
        let owner = kind == "message attribute" ? "user" : "system"
        throw refused("Message (\(owner)) attribute '\(name)' must contain a non-empty value of type '\(type)'.")
    }

    /// A decimal number with a sign, a fraction and an exponent if it has them, between 10^-128 and 10^126 where it is
    /// not 0 ("Message attribute data types" of the Developer Guide).
    private static func isNumber(_ text: String) -> Bool {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard isDecimal(parts[0], allowsPoint: true), parts.count == 1 || isDecimal(parts[1], allowsPoint: false),
            let value = Double(text), value.isFinite
        else { return false }
        let size = value.magnitude
        return size == 0 ? !parts[0].contains { ("1"..."9").contains($0) } : (1e-128...1e126).contains(size)
    }

    private static func isDecimal(_ text: Substring, allowsPoint: Bool) -> Bool {
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
        let points = digits.utf8.count { $0 == UInt8(ascii: ".") }
        return digits.utf8.count > points && points <= (allowsPoint ? 1 : 0)
            && digits.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
    }
}
