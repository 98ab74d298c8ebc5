// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// A request to the control interface, its path and query taken apart.
struct ControlRequest: Sendable {
    let method: String
    /// The path's segments after `/_awry/`, percent-decoded.
    let segments: [String]
    /// The query's names and values, percent-decoded, in the order sent.
    let query: [(name: String, value: String)]
    let contentType: String
    let body: [UInt8]
    /// The sandbox that the path names, which the query may overrule.
    private let named: String?

    /// A request for this path, without a sandbox that stands before it.
    init(_ head: RequestHead, path: ArraySlice<UInt8>, sandbox: String?, body: [UInt8]) {
        method = head.method
        named = sandbox
        let path = String(decoding: path, as: UTF8.self)
        segments = path.split(separator: "/").dropFirst().map { Self.decoded($0, plusIsSpace: false) }
        query = String(decoding: head.query ?? [], as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                Self.decoded(parts[0], plusIsSpace: true),
                parts.count > 1 ? Self.decoded(parts[1], plusIsSpace: true) : ""
            )
        }
        contentType = head.text("content-type") ?? ""
        self.body = body
    }

    /// The first value of this name in the query.
    func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The sandbox that `?sandbox=` names, else the path; `default` without either.
    var sandbox: String { parameter("sandbox") ?? named ?? "default" }

    /// The body as a JSON mapping; an empty body is an empty mapping.
    func fields() throws(ControlError) -> Fields {
        if body.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) { return [:] }
        do {
            if case .structure(let fields) = try JSON.parse(body[...]) { return fields }
        } catch {
            throw ControlError(400, "the body is not JSON: \(error.message) at byte \(error.offset)")
        }
        throw ControlError(400, "the body is not a JSON mapping")
    }

    private static func decoded(_ text: Substring, plusIsSpace: Bool) -> String {
        PercentCoding.lenientText(ArraySlice(text.utf8), plusIsSpace: plusIsSpace)
    }
}

/// What the control interface refuses, and why.
public struct ControlError: Error, Sendable {
    let status: Int
    /// What is wrong, and what was expected.
    public let message: String
    /// What else the answer says: `mistakes`, `nearest`.
    let details: Fields

    init(_ status: Int, _ message: String, _ details: Fields = [:]) {
        self.status = status
        self.message = message
        self.details = details
    }
}

/// What the control interface answers.
struct ControlAnswer: Sendable {
    var status: Int
    var contentType: String
    var body: [UInt8]
    /// Headers beside those that every answer has.
    var headers: [Header] = []
    /// What makes the body, in the place of `body`, for as long as the client listens.
    var source: (any StreamSource)?

    /// A JSON answer.
    static func json(_ value: Value, status: Int = 200) -> ControlAnswer {
        var body = Array(JSON.text(value, pretty: true).utf8)
        body.append(0x0A)
        return ControlAnswer(status: status, contentType: "application/json", body: body)
    }

    /// A plain text.
    static func text(_ text: String, status: Int = 200) -> ControlAnswer {
        ControlAnswer(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    /// Nothing to say.
    static let none = ControlAnswer(status: 204, contentType: "", body: [])

    /// A refusal: `{ "error": …, … }`.
    init(_ error: ControlError) {
        var fields: Fields = ["error": .string(error.message)]
        for (name, value) in error.details { fields[name] = value }
        self = .json(.structure(fields), status: error.status)
    }

    init(status: Int, contentType: String, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// The answer as the transport sends it.
    var reply: Reply {
        var headers = headers
        if !contentType.isEmpty { headers.append(Header("Content-Type", contentType)) }
        headers.append(Header("Cache-Control", "no-store"))
        let message = Reply.Message(status: status, headers: headers, body: body)
        return Reply(source.map { .live(message, $0) } ?? .message(message))
    }
}
