// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What the journal keeps of one request. Header values are kept only where asked for, and secrets only if they are to
/// be shown.
///
/// What few entries have stands apart, behind one reference: thousands are kept, and each is moved several times.
public struct JournalEntry: Sendable {
    /// The request's id, as the answer carries it.
    public var id: String
    /// Counted from 1 since the journal was made; the journal sets it.
    public internal(set) var sequence: UInt64 = 0
    /// The sandbox's name.
    public var sandbox: String
    /// When the request's head had come, by the machine's wall clock.
    public var time: Timestamp
    /// The same moment by the monotonic clock, in nanoseconds.
    public var arrived: UInt64
    /// Who called what, shared with the facts that the rules judged by.
    public var origin: RequestOrigin
    /// Which attempt of which call it is.
    public var attempt: CallAttempt
    private var decoded: Fields?
    private var late: (any LateParams)?
    private var rare: RareFacts?
    /// The decoded input as far as it is kept; nil where it has not come yet, or cannot be decoded. See
    /// `keep(params:of:in:)` and `keep(late:)`.
    public var params: Fields? { decoded ?? late?.params }
    /// Header fields, where they were asked for. See `keep(headers:)`.
    public private(set) var headers: [Header]? {
        get { rare?.facts.headers }
        set { if rare != nil || newValue != nil { change { $0.headers = newValue } } }
    }
    /// For people: why this service and operation, where others could be meant, or why none; nil where it is plain.
    public var note: String? {
        get { rare?.facts.note }
        set { if rare != nil || newValue != nil { change { $0.note = newValue } } }
    }
    /// What policies said of it, where they were asked, for each right that it needs.
    public var decisions: [any LateDecision] {
        get { rare?.facts.decisions ?? [] }
        set { if rare != nil || !newValue.isEmpty { change { $0.decisions = newValue } } }
    }
    /// The rules that fired, in the order asked.
    public var rules: [String] = []
    /// The rule that decided, if one did.
    public var decidedBy: String?
    /// What became of asking each rule.
    var trace = TraceSpan()
    /// How the conversation was broken, if a rule did that: `reset`.
    public var fault: String? {
        get { rare?.facts.fault }
        set { if rare != nil || newValue != nil { change { $0.fault = newValue } } }
    }
    /// The positions of the entries that a rule let fail, from 0 up; none for other answers.
    public var failedEntries: [Int] {
        get { rare?.facts.failedEntries ?? [] }
        set { if rare != nil || !newValue.isEmpty { change { $0.failedEntries = newValue } } }
    }
    /// How long the answer asked the client to wait, if it did.
    public var askedWait: AskedWait? {
        get { rare?.facts.askedWait }
        set { if rare != nil || newValue != nil { change { $0.askedWait = newValue } } }
    }
    /// How it was answered; nil while it is under way.
    public internal(set) var delivery: Delivery?

    /// How long an answer asks the client to wait before the next attempt.
    public struct AskedWait: Sendable, Hashable {
        /// By `x-amz-retry-after`, in milliseconds.
        public var milliseconds: Int64?
        /// By `Retry-After`, in seconds from the answer on, also where it gave a date.
        public var seconds: Int64?

        /// What these two headers ask; nil stands for one that was not sent, or says nothing.
        public init(milliseconds: Int64? = nil, seconds: Int64? = nil) {
            self.milliseconds = milliseconds
            self.seconds = seconds
        }
    }

    /// How a request was answered.
    public struct Delivery: Sendable, Hashable {
        /// The status that was sent; nil where none was.
        public var status: Int?
        /// The AWS error's code, if the answer was one.
        public var error: String?
        /// Whether all of the answer was handed to the client.
        public var isWhole: Bool
        /// How many bytes were sent, head included.
        public var bytes: Int
        /// When the last of them was, by the monotonic clock, in nanoseconds: never later than the client had it.
        public var finished: UInt64

        /// A delivery of these facts.
        public init(status: Int?, error: String? = nil, isWhole: Bool = true, bytes: Int = 0, finished: UInt64) {
            self.status = status
            self.error = error
            self.isWhole = isWhole
            self.bytes = bytes
            self.finished = finished
        }
    }

    /// An entry of a request that the engine has decided. `time` is the machine's wall clock at its arrival.
    public init(
        _ facts: RequestFacts, effect: Effect, attempt: CallAttempt, trace: TraceSpan = TraceSpan(), sandbox: String,
        time: Timestamp, secrets: Secrets = .hidden
    ) {
        id = facts.requestID
        self.sandbox = sandbox
        self.time = time
        arrived = facts.arrived
        origin = facts.origin
        self.attempt = attempt
        self.trace = trace
        rules = effect.fired
        decidedBy = effect.decidedBy
        // Each property in its place, and no method called: an initialiser that calls one gives a copy of what it made.
        rare = RareFacts(of: effect.answer)
        let whole = facts.params.flatMap { WholeParams($0, of: facts.operation, in: facts.service, secrets) }
        late = whole
        decoded =
            whole != nil
            ? nil
            : facts.params.map { KeptParams.kept($0, shape: facts.operation.input, in: facts.service, secrets) }
    }

    /// An entry of a request of which no more may be known.
    public init(
        id: String, sandbox: String, time: Timestamp, arrived: UInt64, origin: RequestOrigin, attempt: CallAttempt
    ) {
        self.id = id
        self.sandbox = sandbox
        self.time = time
        self.arrived = arrived
        self.origin = origin
        self.attempt = attempt
    }

    private mutating func change(_ work: (inout RareFacts.Facts) -> Void) {
        var facts = rare?.facts ?? RareFacts.Facts()
        work(&facts)
        rare = RareFacts(facts)
    }

    /// Keeps the decoded input, but for secrets and what is too large.
    public mutating func keep(
        params: Fields, of operation: Operation, in service: Service, _ secrets: Secrets = .hidden
    ) {
        late = WholeParams(params, of: operation, in: service, secrets)
        decoded = late == nil ? KeptParams.kept(params, shape: operation.input, in: service, secrets) : nil
    }

    /// Keeps an input that nobody has needed yet.
    public mutating func keep(late: any LateParams) {
        self.late = late
    }

    /// Keeps header fields, but for those that carry secrets.
    public mutating func keep(headers: [Header], _ secrets: Secrets = .hidden) {
        let kept = headers.filter {
            (secrets == .shown || !JournalEntry.isSecret($0.name)) && $0.value.utf8.count <= 1024
        }
        self.headers = Array(kept.prefix(64))
    }

    /// Whether a header's values are a secret.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return secrets.contains(name) || name.hasSuffix("-customer-key") || name.hasSuffix("-customer-key-md5")
    }

    private static let secrets: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-amz-security-token", "x-amz-s3session-token",
    ]

    /// What the journal counted it as when it came in.
    var size = 0

    /// About how much memory it takes, in bytes.
    var footprint: Int {
        var total = MemoryLayout<JournalEntry>.stride + 24 * rules.count + 8 * failedEntries.count
        // The origin is counted with each entry, though many may share it: a client that never says the same twice has
        // one for each.
        total += id.utf8.count + attempt.call.utf8.count + origin.path.utf8.count + origin.host.utf8.count
        total += (origin.userAgent?.utf8.count ?? 0) + (note?.utf8.count ?? 0)
        for header in headers ?? [] { total += 64 + header.name.utf8.count + header.value.utf8.count }
        if let decoded { total += KeptParams.size(of: .structure(decoded)) }
        if let late { total += late.footprint }
        return total
    }
}

extension JournalEntry {
    /// botocore's name of the service; empty where it is not known.
    public var service: String { origin.service }
    /// The operation's name; empty where it is not known.
    public var operation: String { origin.operation }
    /// The region.
    public var region: String { origin.region }
    /// Twelve digits.
    public var account: String { origin.account }
    /// The access key id; nil on an unsigned request.
    public var accessKey: String? { origin.accessKey }
    /// The caller's ARN, where known.
    public var principal: String? { origin.principal }
    /// The HTTP method.
    public var method: String { origin.method }
    /// The path as sent, without the query (which may hold a signature).
    public var path: String { origin.path }
    /// The Host header.
    public var host: String { origin.host }
    /// The User-Agent header.
    public var userAgent: String? { origin.userAgent }
}

extension JournalEntry: MatchSubject {
    var matchParams: Known<Fields> { params.map { .known($0) } ?? .unknown }
    var matchBody: Known<String> { .unknown }
    func matchHeaders(_ name: String) -> Known<[String]> {
        guard let headers else { return .unknown }
        let found = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        // One that was left out is not known to be missing.
        return found.isEmpty && JournalEntry.isSecret(name) ? .unknown : .known(found)
    }
}
