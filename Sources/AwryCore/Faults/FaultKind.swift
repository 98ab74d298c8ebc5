// SPDX-License-Identifier: Apache-2.0

/// A way in which a conversation breaks after its request was read. Each is a file beside this one, in `Kinds`; `all`
/// names them, and nothing else has to be told of a new one: the loader, the schema and the transport go by this.
public final class FaultKind: Sendable {
    /// As scenarios write it.
    public let name: String
    /// What the client meets, in a few words.
    public let summary: String
    /// Whether it needs the answer that would have been sent; one that does not is decided from the request's head.
    public let cutsAnswer: Bool
    /// The kind to take with `after` in the place of this, where this sends nothing of a body.
    public let withBody: String?
    /// The only body that it can damage; nil where any will do.
    public let format: Format?
    /// From the body that would have been sent and `after`, what happens.
    let plan: @Sendable (_ body: Blob, _ after: Int?) -> FaultPlan

    /// Whether the client hears nothing of the end: only its own patience tells it.
    public var endsInSilence: Bool { plan(Blob([]), nil).ending == .silence }

    /// What a body is written in.
    public enum Format: String, Sendable {
        case xml = "XML"
        case json = "JSON"
    }

    /// A fault that puts something else, or nothing, in the place of the answer.
    init(_ name: String, _ summary: String, withBody: String, _ plan: FaultPlan) {
        self.name = name
        self.summary = summary
        cutsAnswer = false
        self.withBody = withBody
        format = nil
        self.plan = { _, _ in plan }
    }

    /// A fault that damages the answer.
    init(
        _ name: String, _ summary: String, cutting format: Format? = nil,
        _ plan: @escaping @Sendable (_ body: Blob, _ after: Int?) -> FaultPlan
    ) {
        self.name = name
        self.summary = summary
        cutsAnswer = true
        withBody = nil
        self.format = format
        self.plan = plan
    }

    /// A fault that damages the answer's head.
    init(_ name: String, _ summary: String, ofHeadWithBody withBody: String, _ plan: FaultPlan) {
        self.name = name
        self.summary = summary
        cutsAnswer = true
        self.withBody = withBody
        format = nil
        self.plan = { _, _ in plan }
    }

    /// All of them, in the order in which they are told to people.
    public static let all: [FaultKind] = [
        reset, close, closeMidHeaders, truncate, resetMidBody, stall, blackhole, garbage, badChunk, badXml, badJson,
    ]

    /// The kind of this name.
    public static func named(_ name: String) -> FaultKind? { all.first { $0.name == name } }
}

extension FaultKind: Equatable {
    /// Names are unique.
    public static func == (left: FaultKind, right: FaultKind) -> Bool { left === right }
}
