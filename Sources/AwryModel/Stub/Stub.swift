// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Answers for what is not faked: the smallest output that satisfies the model.
///
/// Required members get their smallest valid values; members that the input has too, with the same type, get the
/// input's value; bodies and lists are empty; a stream has each of its events once. The same source gives the same
/// output.
public struct Stub: Sendable {
    /// Fills members that a model cannot say, in the finished output: SQS's `MD5OfMessageBody`, say.
    public typealias Computed =
        @Sendable (
            _ output: inout Fields, _ operation: Operation, _ service: Service, _ input: Fields
        ) -> Void

    private let computed: Computed?

    /// A stub; `computed` has the last word over every output.
    public init(computed: Computed? = nil) {
        self.computed = computed
    }

    /// An operation's output. Its stream, if it is one, has so many events at least: those that services repeat come
    /// more than once then.
    public func output(
        of operation: Operation, in service: Service, input: Fields, source: StubSource, events: Int = 0
    ) -> Fields {
        var output: Fields = [:]
        echo(input, of: operation, in: service, into: &output)
        addEmptyLists(of: operation, in: service, to: &output)
        addEvents(of: operation, in: service, to: &output, source: source, atLeast: events)
        return fill(output, of: operation, in: service, input: input, source: source)
    }

    /// A scripted output of an operation, completed: what it says stays as it is, what it lacks is filled as in
    /// `output`.
    public func fill(
        _ scripted: Fields, of operation: Operation, in service: Service, input: Fields, source: StubSource
    ) -> Fields {
        guard let id = operation.output else { return scripted }
        var filler = RequiredFill(service, source: source, successStatus: operation.traits.responseCode)
        var output = scripted
        echo(input, of: operation, in: service, into: &output)
        addEntries(input, of: operation, in: service, to: &output, &filler)
        filler.payload(&output, service[id])
        output = filler.complete(output, id)
        computed?(&output, operation, service, input)
        return output
    }

    /// Lists that nothing is in: services send them, and programs walk through `answer["Buckets"]` without asking
    /// whether it is there. SQS alone leaves an empty list out (an empty ReceiveMessage is `{}`).
    private func addEmptyLists(of operation: Operation, in service: Service, to output: inout Fields) {
        guard let id = operation.output, service.name != "sqs" else { return }
        let shape = service[id]
        guard shape.traits.payload == nil, !shape.traits.flags.contains(.union) else { return }
        for member in shape.members where output[member.name] == nil && member.location == .body {
            guard case .list = service[member.shape].kind, service[member.shape].limits.minimum ?? 0 == 0 else {
                continue
            }
            output[member.name] = .list([])
        }
    }

    /// A stream's events: one of each, so that a client that waits for a certain one goes on. More are had by repeating
    /// the first that does not just say that something starts.
    private func addEvents(
        of operation: Operation, in service: Service, to output: inout Fields, source: StubSource, atLeast count: Int
    ) {
        guard let id = operation.output, let stream = service.eventStream(of: service[id]) else { return }
        var filler = RequiredFill(service, source: source)
        guard case .list(var events) = filler.smallest(stream) else { return }
        let repeated = events.firstIndex { event in
            event.fields?.contains { !$0.name.lowercased().hasSuffix("start") } ?? false
        }
        if let repeated, events.count < count {
            events.insert(contentsOf: Array(repeating: events[repeated], count: count - events.count), at: repeated)
        }
        output[stream.name] = .list(events)
    }

    /// Copies the members that input and output share, unless the output's limits refuse the value.
    private func echo(_ input: Fields, of operation: Operation, in service: Service, into output: inout Fields) {
        guard let from = operation.input, let to = operation.output else { return }
        for member in service[to].members where output[member.name] == nil {
            guard let value = input[member.name], let source = service[from].member(member.name),
                member.location != .statusCode, !Stub.continues(member.name),
                Stub.sameType(source.shape, member.shape, in: service),
                TypeCheck.mismatch(value, member.shape, in: service) == nil,
                RequiredFill.isValid(value, member, in: service)
            else { continue }
            output[member.name] = value
        }
    }

    static func sameType(_ first: ShapeID, _ second: ShapeID, in service: Service) -> Bool {
        if first == second { return true }
        switch (service[first].kind, service[second].kind) {
        case (.string, .string), (.boolean, .boolean), (.integer, .integer), (.long, .long), (.float, .float),
            (.double, .double), (.timestamp, .timestamp):
            return true
        default: return false
        }
    }

    /// Whether a member's name is that of a place to continue a listing from: echoed, it would make a client ask for
    /// ever (botocore: `PaginationError`, "The same next token was received twice").
    static func continues(_ name: String) -> Bool {
        let name = name.lowercased()
        if ["token", "position", "cursor", "nextpage"].contains(name) || name.contains("marker") { return true }
        if name.contains("evaluated") || name.contains("startkey") { return true }
        return name.contains("token") && ["next", "page", "pagination", "continuation"].contains { name.contains($0) }
    }
}
