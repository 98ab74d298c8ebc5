// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryWire

/// A recorded success as `respond` has it, where that gives the same answer.
enum RecordedOutput {
    /// The longest body that is taken apart: a longer one is no reading for people.
    private static let longest = 64 << 10

    /// The output as a scenario writes it; nil where it would not come back as it was.
    static func value(_ body: [UInt8], status: Int, of call: IdentifiedCall, params: Fields?) -> Value? {
        let (operation, service) = (call.operation, call.service)
        guard status == operation.traits.responseCode, body.count <= longest, let id = operation.output,
            let output = Wire.decodeOutput(body, of: call)
        else { return nil }
        // A scripted output is filled up where the model wants more: this one must be left as it is.
        let source = StubSource(now: Timestamp(seconds: 0), chance: Chance(seed: 0, stream: "recorded"))
        let filled = Stub(computed: ComputedMembers.fill)
            .fill(output, of: operation, in: service, input: params ?? [:], source: source)
        guard filled == output else { return nil }
        return scripted(.structure(output), service[id], service)
    }

    private static func scripted(_ value: Value, _ shape: Shape, _ service: Service) -> Value? {
        if shape.traits.flags.contains(.document) { return scripted(document: value) }
        switch (value, shape.kind) {
        case (.string(let text), _): return .string(RecordedCall.Answer.escaped(text))
        case (.blob(let blob), _):
            if let text = String(validating: blob.bytes, as: UTF8.self) {
                return .string(RecordedCall.Answer.escaped(text))
            }
            return ["$base64": .string(Base64.text(blob.bytes))]
        case (.timestamp(let moment), _):
            let text = TimeFormats.iso8601(moment)
            return TimeFormats.parseISO8601(text) == moment ? .string(text) : nil
        case (.double(let number), _): return number.isFinite ? value : nil
        case (.list(let elements), .list(let element)):
            return all(elements) { scripted($0, service[element.shape], service) }.map { .list($0) }
        case (.structure(let fields), .map(_, let element)):
            return mapping(fields) { _, value in scripted(value, service[element.shape], service) }
        case (.structure(let fields), .structure):
            return mapping(fields) { name, value in
                shape.member(name).flatMap { scripted(value, service[$0.shape], service) }
            }
        case (.null, _): return nil
        default: return value
        }
    }

    private static func scripted(document value: Value) -> Value? {
        switch value {
        case .string(let text): .string(RecordedCall.Answer.escaped(text))
        case .list(let elements): all(elements, scripted(document:)).map { .list($0) }
        case .structure(let fields): mapping(fields) { _, value in scripted(document: value) }
        default: value
        }
    }

    private static func all(_ values: [Value], _ change: (Value) -> Value?) -> [Value]? {
        let changed = values.compactMap(change)
        return changed.count == values.count ? changed : nil
    }

    /// Nil where a name would be taken for a special value's.
    private static func mapping(_ fields: Fields, _ change: (String, Value) -> Value?) -> Value? {
        var changed = Fields()
        for (name, value) in fields {
            guard !name.hasPrefix("$"), let value = change(name, value) else { return nil }
            changed[name] = value
        }
        return .structure(changed)
    }
}
