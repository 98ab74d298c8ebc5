// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// One outcome of a rule made ready for one operation, so that firing does no more than it must.
enum PreparedOutcome: Sendable {
    /// Later rules are asked.
    case next
    case constant(Effect.Answer)
    /// Indirect, so that an outcome is small enough to be handed on.
    indirect case error(ErrorBlueprint)
    case entries(PreparedEntries)
    indirect case late(ErrorBlueprint)
    indirect case lost(ErrorBlueprint)
    case events(PreparedBreak)
    case respond(TemplatedValue, output: ShapeID?)
    case raw(RawSpec)

    /// Makes an outcome ready; nil where the operation knows no such error. A sequence has been taken apart before.
    init?(_ outcome: Outcome?, service: Service, operation: Operation, errors: any ErrorResolving) {
        switch outcome {
        case nil: self = .next
        case .pass: self = .constant(.pass)
        case .error(let spec):
            guard let print = errors.blueprint(for: spec, service: service, operation: operation) else { return nil }
            self = print.constant.map { .constant(.error($0)) } ?? .error(print)
        case .entries(let spec):
            guard let entries = PreparedEntries(spec, service: service, operation: operation, errors: errors) else {
                return nil
            }
            self = .entries(entries)
        case .late(let spec):
            guard LateErrors.isPossible(for: operation, of: service),
                let print = errors.blueprint(for: spec, service: service, operation: operation)
            else { return nil }
            self = print.constant.map { .constant(.late($0)) } ?? .late(print)
        case .lost(let spec):
            guard let print = errors.blueprint(for: spec, service: service, operation: operation) else { return nil }
            self = print.constant.map { .constant(.lost($0)) } ?? .lost(print)
        case .respond(let value):
            if let constant = value.constant {
                self = .constant(.respond(constant.fields ?? Fields()))
            } else {
                self = .respond(value, output: operation.output)
            }
        case .raw(let spec):
            self = spec.constant.map { .constant(.raw($0)) } ?? .raw(spec)
        case .events(let spec):
            guard let broken = PreparedBreak(spec, service: service, operation: operation, errors: errors) else {
                return nil
            }
            self = broken.constant.map { .constant(.events($0)) } ?? .events(broken)
        case .connection(let fault): self = .constant(.connection(fault))
        case .lostTo(let fault): self = .constant(.lostTo(fault))
        case .sequence: return nil
        }
    }

    /// Whether it answers, so that no later rule is asked.
    var decides: Bool { if case .next = self { false } else { true } }

    /// What answers one request; `failing` are the entries of it that fail.
    func answer(_ context: TemplateContext, failing: [Int]) -> Effect.Answer {
        switch self {
        case .next: return .pass
        case .constant(let answer): return answer
        case .error(let blueprint): return .error(blueprint.expanded(context))
        case .entries(let entries):
            return .entries(FailingEntries(positions: failing, error: entries.error.expanded(context)))
        case .late(let blueprint): return .late(blueprint.expanded(context))
        case .lost(let blueprint): return .lost(blueprint.expanded(context))
        case .events(let broken): return .events(broken.expanded(context))
        case .respond(let value, let output):
            return .respond(value.expanded(context, as: output, in: context.facts.service).fields ?? Fields())
        case .raw(let spec): return .raw(spec.expanded(context))
        }
    }

    /// Whether it wants the decoded input.
    var needsParams: Bool { if case .entries = self { true } else { refers(to: "params") } }

    /// Whether it wants the attempt's number.
    var needsAttempt: Bool { refers(to: "attempt") }

    private func refers(to root: String) -> Bool {
        switch self {
        case .next, .constant: false
        case .entries(let entries): entries.error.refers(to: root)
        case .error(let blueprint), .late(let blueprint), .lost(let blueprint): blueprint.refers(to: root)
        case .events(let broken): broken.refers(to: root)
        case .respond(let value, _): value.refers(to: root)
        case .raw(let spec): spec.refers(to: root)
        }
    }
}

extension RawSpec {
    /// The answer, if nothing in it is to be filled in.
    var constant: RawAnswer? {
        switch self {
        case .bytes(let body, let close):
            return body.constant.map { .bytes($0, close: close) }
        case .message(let status, let reason, let headers, let body):
            var fields: [Header] = []
            var omitted: [String] = []
            for header in headers {
                guard let template = header.value else {
                    omitted.append(header.name)
                    continue
                }
                guard let text = template.literal else { return nil }
                fields.append(Header(header.name, text))
            }
            if case .file(let file) = body {
                return .file(status: status, reason: reason, headers: fields, omitted: omitted, file: file)
            }
            return body.constant.map {
                .message(status: status, reason: reason, headers: fields, omitted: omitted, body: $0)
            }
        }
    }

    /// The answer to one request.
    func expanded(_ context: TemplateContext) -> RawAnswer {
        switch self {
        case .bytes(let body, let close):
            return .bytes(body.expanded(context), close: close)
        case .message(let status, let reason, let headers, let body):
            var fields: [Header] = []
            for header in headers {
                if let value = header.value { fields.append(Header(header.name, value.headerText(context))) }
            }
            let omitted = headers.filter { $0.value == nil }.map(\.name)
            if case .file(let file) = body {
                return .file(status: status, reason: reason, headers: fields, omitted: omitted, file: file)
            }
            return .message(
                status: status, reason: reason, headers: fields, omitted: omitted, body: body.expanded(context))
        }
    }

    func refers(to root: String) -> Bool {
        switch self {
        case .bytes(let body, _): body.refers(to: root)
        case .message(_, _, let headers, let body):
            body.refers(to: root) || headers.contains { $0.value?.refers(to: root) ?? false }
        }
    }
}

extension RawSpec.RawBody {
    var constant: [UInt8]? {
        switch self {
        case .bytes(let bytes): bytes
        case .file(let file): file.contents()
        case .text(let template): template.literal.map { Array($0.utf8) }
        }
    }

    func expanded(_ context: TemplateContext) -> [UInt8] {
        switch self {
        case .bytes(let bytes): bytes
        case .file(let file): file.contents()
        case .text(let template): Array(template.expanded(context).utf8)
        }
    }

    func refers(to root: String) -> Bool {
        if case .text(let template) = self { template.refers(to: root) } else { false }
    }
}

extension Template {
    /// The text for a header's value: what a client sent must not end the line, so controls become spaces.
    func headerText(_ context: TemplateContext) -> String {
        let text = expanded(context)
        guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else { return text }
        let bytes = text.utf8.map { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F ? 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
