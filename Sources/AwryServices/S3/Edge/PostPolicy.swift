// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a form that uploads may hold ("Creating a POST policy", Amazon S3 API Reference). The signature is not looked
/// at here.
public struct PostPolicy: Sendable {
    private enum Condition {
        case equal(String, String)
        case startsWith(String, String)
        case length(ClosedRange<Int64>)
    }

    private let expiration: Timestamp
    private let conditions: [(condition: Condition, text: String)]
    /// Fields that no condition has to name.
    private static let free: Set<String> = [
        "policy", "x-amz-signature", "signature", "awsaccesskeyid", "file", "x-amz-checksum-sha256",
    ]

    /// Reads a form's `policy`: base64 of JSON.
    public init(base64 text: String) throws(WireError) {
        let compact = text.utf8.filter { $0 > 0x20 }
        guard let bytes = Base64.decode(compact), let document = (try? JSON.parse(bytes[...]))?.fields else {
            throw Self.invalid("Invalid JSON.")
        }
        guard let expiration = document["expiration"]?.string.flatMap({ TimeFormats.parseISO8601($0) }) else {
            throw Self.invalid("Policy missing expiration.")
        }
        guard let list = document["conditions"]?.list else { throw Self.invalid("Policy missing conditions.") }
        var conditions: [(Condition, String)] = []
        for value in list { conditions += try Self.conditions(value) }
        self.expiration = expiration
        self.conditions = conditions
    }

    private static func conditions(_ value: Value) throws(WireError) -> [(Condition, String)] {
        if let fields = value.fields {
            return fields.map { name, value in
                let wanted = value.string ?? ""
                return (.equal(name.lowercased(), wanted), text("eq", name, wanted))
            }
        }
        guard let parts = value.list, parts.count == 3, let word = parts[0].string?.lowercased() else {
            throw invalid("Invalid Condition: \(JSON.text(value)).")
        }
        if word == "content-length-range" {
            guard let low = number(parts[1]), let high = number(parts[2]), low >= 0, low <= high else {
                throw invalid("Invalid content-length-range.")
            }
            return [(.length(low...high), JSON.text(value))]
        }
        guard let name = parts[1].string, name.hasPrefix("$"), let wanted = parts[2].string else {
            throw invalid("Invalid Condition: \(JSON.text(value)).")
        }
        let field = name.dropFirst().lowercased()
        switch word {
        case "eq": return [(.equal(field, wanted), text("eq", String(name.dropFirst()), wanted))]
        case "starts-with":
            return [(.startsWith(field, wanted), text("starts-with", String(name.dropFirst()), wanted))]
        default: throw invalid("Invalid Condition operation: \(word).")
        }
    }

    private static func number(_ value: Value) -> Int64? { value.integer ?? value.string.flatMap { Int64($0) } }

    /// A condition as S3 names one that failed.
    private static func text(_ word: String, _ name: String, _ wanted: String) -> String {
        "[\"\(word)\", \"$\(name)\", \"\(wanted)\"]"
    }

    /// Judges a form's fields, in lower case, and its file's size; `bucket` is where it was sent.
    public func judge(
        _ fields: [(name: String, value: String)], bucket: String, size: Int, now: Timestamp
    ) throws(WireError) {
        guard now < expiration else { throw Self.refused("Policy expired.") }
        var open = Set(fields.map(\.name)).filter { !Self.free.contains($0) && !$0.hasPrefix("x-ignore-") }
        for (condition, text) in conditions {
            switch condition {
            case .equal(let name, let wanted):
                open.remove(name)
                guard Self.value(name, fields, bucket) == wanted else { throw Self.failed(text) }
            case .startsWith(let name, let start):
                open.remove(name)
                let value = Self.value(name, fields, bucket)
                // A list of types must begin so each.
                let parts = name == "content-type" ? value.split(separator: ",").map(String.init) : [value]
                guard start.isEmpty || !parts.isEmpty && parts.allSatisfy({ $0.hasPrefix(start) }) else {
                    throw Self.failed(text)
                }
            case .length(let range): try Self.judge(size, range)
            }
        }
        if let extra = open.min() { throw Self.refused("Extra input fields: \(extra)") }
    }

    private static func judge(_ size: Int, _ range: ClosedRange<Int64>) throws(WireError) {
        let proposed = Value.string("\(size)")
        if Int64(size) > range.upperBound {
            throw WireError(
                "EntityTooLarge", status: 400, message: "Your proposed upload exceeds the maximum allowed size",
                fields: ["ProposedSize": proposed, "MaxSizeAllowed": .string("\(range.upperBound)")])
        }
        if Int64(size) < range.lowerBound {
            throw WireError(
                "EntityTooSmall", status: 400, message: "Your proposed upload is smaller than the minimum allowed size",
                fields: ["ProposedSize": proposed, "MinSizeAllowed": .string("\(range.lowerBound)")])
        }
    }

    private static func value(_ name: String, _ fields: [(name: String, value: String)], _ bucket: String) -> String {
        name == "bucket" ? bucket : fields.first { $0.name == name }?.value ?? ""
    }

    private static func failed(_ condition: String) -> WireError { refused("Policy Condition failed: \(condition)") }

    private static func refused(_ reason: String) -> WireError {
        WireError("AccessDenied", status: 403, message: "Invalid according to Policy: \(reason)")
    }

    private static func invalid(_ reason: String) -> WireError {
        WireError("InvalidPolicyDocument", status: 400, message: "Invalid Policy: \(reason)")
    }
}
