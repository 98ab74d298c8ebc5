// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A fact that may not be at hand: a body that does not decode, headers that a journal did not keep.
enum Known<Fact> {
    case known(Fact)
    case unknown
}

/// What a `Match` can be held against: a request on its way, or the journal's entry of one.
protocol MatchSubject {
    var origin: RequestOrigin { get }
    var matchParams: Known<Fields> { get }
    var matchBody: Known<String> { get }
    func matchHeaders(_ name: String) -> Known<[String]>
}

extension RequestFacts: MatchSubject {
    var matchParams: Known<Fields> { params.map { .known($0) } ?? .unknown }
    var matchBody: Known<String> { raw.body.map { .known(String(decoding: $0, as: UTF8.self)) } ?? .unknown }
    func matchHeaders(_ name: String) -> Known<[String]> { .known(raw.headers(name)) }
}

extension Match {
    /// A condition that does not hold, or cannot be known to hold.
    struct Unmet: Equatable {
        var condition: Condition
        var isUnknown = false
    }

    /// Whether one of the operations is this one; all are, where none is said.
    func covers(service: String, operation: String) -> Bool {
        operations.isEmpty
            || operations.contains { $0.service.matches(service) && $0.operation.matches(operation) }
    }

    /// The first condition beside the operation that does not hold, cheap ones first; nil where all do.
    func firstUnmet(in subject: some MatchSubject) -> Unmet? {
        if let region, !region.matches(subject.origin.region) { return Unmet(condition: .region) }
        if let account, !account.matches(subject.origin.account) { return Unmet(condition: .account) }
        if let accessKey, !accessKey.matches(subject.origin.accessKey) { return Unmet(condition: .accessKey) }
        if let principal, !principal.matches(subject.origin.principal) { return Unmet(condition: .principal) }
        if let method, !method.matches(subject.origin.method) { return Unmet(condition: .method) }
        if let path, !path.matches(subject.origin.path) { return Unmet(condition: .path) }
        if let host, !host.matches(subject.origin.host) { return Unmet(condition: .host) }
        if let userAgent, !userAgent.matches(subject.origin.userAgent) { return Unmet(condition: .userAgent) }
        return unmetHeader(in: subject) ?? unmetBody(in: subject) ?? unmetParam(in: subject)
    }

    private func unmetHeader(in subject: some MatchSubject) -> Unmet? {
        for (index, header) in headers.enumerated() {
            guard case .known(let values) = subject.matchHeaders(header.name) else {
                return Unmet(condition: .header(index), isUnknown: true)
            }
            let holds =
                values.isEmpty
                ? header.pattern.matches(nil as String?)
                : values.contains(where: {
                    header.pattern.matches($0)
                })
            if !holds { return Unmet(condition: .header(index)) }
        }
        return nil
    }

    private func unmetBody(in subject: some MatchSubject) -> Unmet? {
        guard let body else { return nil }
        guard case .known(let text) = subject.matchBody else { return Unmet(condition: .body, isUnknown: true) }
        return body.matches(text) ? nil : Unmet(condition: .body)
    }

    private func unmetParam(in subject: some MatchSubject) -> Unmet? {
        if params.isEmpty { return nil }
        guard case .known(let fields) = subject.matchParams else {
            return Unmet(condition: .param(0), isUnknown: true)
        }
        for (index, param) in params.enumerated() where !param.pattern.matches(fields, at: param.path[...]) {
            return Unmet(condition: .param(index))
        }
        return nil
    }
}
