// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Writes a value as AWS's messages show it: the `toString()` of its Java class.
struct ShownValue {
    private let service: Service
    private var out = ""
    private var isHidden = false

    /// How many bytes of a value are shown; a message must not be able to take the memory of what it complains of
    /// many times.
    static let limit = 16 * 1024

    private init(_ service: Service) {
        self.service = service
    }

    /// What a message shows of a value of this shape: nothing if it is sensitive, or anything in it is.
    static func of(_ value: Value, _ shape: Shape, in service: Service) -> ValidationFailure.Shown {
        if case .null = value { return shape.traits.flags.contains(.sensitive) ? .hidden : .missing }
        var writer = ShownValue(service)
        writer.write(value, shape, depth: 0)
        return writer.isHidden ? .hidden : .text(writer.out)
    }

    private mutating func write(_ value: Value, _ shape: Shape, depth: Int) {
        if shape.traits.flags.contains(.sensitive) { isHidden = true }
        guard !isHidden, out.utf8.count < ShownValue.limit, depth < 64 else { return }
        switch value {
        case .null: out += "null"
        case .bool(let flag): out += flag ? "true" : "false"
        case .integer(let number): out += String(number)
        case .double(let number): out += "\(number)"
        case .string(let text):
            let room = ShownValue.limit - out.utf8.count
            out += text.utf8.count <= room ? text[...] : text.prefix(room)
        // Recorded from Kinesis and Firehose, whose data were not sensitive then.
        case .blob(let blob): out += "java.nio.HeapByteBuffer[pos=0 lim=\(blob.count) cap=\(blob.count)]"
        case .timestamp(let moment): out += String(moment.seconds)
        case .list(let elements): list(elements, shape, depth)
        case .structure(let fields): structure(fields, shape, depth)
        }
    }

    private mutating func list(_ elements: [Value], _ shape: Shape, _ depth: Int) {
        guard case .list(let element) = shape.kind else { return }
        out += "["
        for (index, value) in elements.enumerated() {
            if out.utf8.count >= ShownValue.limit || isHidden { break }
            if index > 0 { out += ", " }
            write(value, service[element.shape], depth: depth + 1)
        }
        out += "]"
    }

    /// A map as `{key=value}`, a structure as `Name(first=value, second=null)` with all its members (recorded from
    /// DynamoDB).
    private mutating func structure(_ fields: Fields, _ shape: Shape, _ depth: Int) {
        switch shape.kind {
        case .map(_, let member):
            out += "{"
            for (index, entry) in fields.enumerated() {
                if out.utf8.count >= ShownValue.limit || isHidden { break }
                out += "\(index > 0 ? ", " : "")\(entry.name)="
                write(entry.value, service[member.shape], depth: depth + 1)
            }
            out += "}"
        case .structure(let members):
            out += "\(shape.name)("
            for (index, member) in members.enumerated() {
                if out.utf8.count >= ShownValue.limit || isHidden { break }
                out += "\(index > 0 ? ", " : "")\(member.name.loweringFirst)="
                write(fields[member.name] ?? .null, service[member.shape], depth: depth + 1)
            }
            out += ")"
        default: break
        }
    }
}

extension String {
    /// With its first letter in lower case, as AWS's messages name members: `streamName` for `StreamName`.
    var loweringFirst: String {
        guard let first = unicodeScalars.first, ("A"..."Z").contains(first) else { return self }
        return first.properties.lowercaseMapping + dropFirst()
    }
}
