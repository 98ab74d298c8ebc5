// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Values for the members that an error's shape requires beside its message.
struct MemberDefaults {
    let service: Service
    /// Nil where the error is described for the service as a whole.
    let operation: Operation?
    let code: String
    let message: String

    /// The required members of the shape but for its message, each with a value that the model accepts.
    func fields(of shape: Shape) -> Fields {
        var fields = Fields()
        for member in shape.members where member.isRequired && !Self.isMessage(member.name) {
            fields[member.name] = value(of: member)
        }
        return fields
    }

    /// Whether a member is where the message goes.
    static func isMessage(_ name: String) -> Bool { name == "message" || name == "Message" }

    private func value(of member: Member) -> Value {
        let shape = service[member.shape]
        switch shape.kind {
        case .string: return .string(text(member, shape))
        case .boolean: return false
        case .integer, .long: return .integer(Int64(shape.limits.minimum ?? 0))
        case .float, .double: return .double(shape.limits.minimum ?? 0)
        case .blob: return .blob(Blob(utf8: ""))
        case .timestamp: return "${now}"
        case .list: return []
        case .map, .structure: return [:]
        }
    }

    private func text(_ member: Member, _ shape: Shape) -> String {
        if let choice = choice(shape.limits.values) { return choice }
        switch member.name.lowercased() {
        case "code", "errorcode", "error": return code
        case "requestid": return "${requestId}"
        case "detailedmessage", "error_description": return message
        case "servicecode": return service.metadata.signingName
        case "resourceid", "resourcename", "resourcearn", "resource": return identifier ?? ""
        default: return ""
        }
    }

    /// Of an enumeration the value that says least.
    private func choice(_ values: [String]) -> String? {
        values.first { ["other", "unknown"].contains($0.lowercased()) } ?? values.first
    }

    /// The first text that the operation cannot do without: as a rule what it acts on.
    private var identifier: String? {
        guard let input = operation?.input else { return nil }
        for member in service[input].members where member.isRequired {
            if case .string = service[member.shape].kind { return "${params.\(member.name)}" }
        }
        return nil
    }
}
