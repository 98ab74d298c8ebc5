// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A request that is passed on to another server, and who hears what comes of it.
public struct Forward: Sendable {
    /// The head as it goes out, with its empty line.
    public var head: [UInt8]
    /// The body as it goes out.
    public var body: Blob
    /// Whether the method is HEAD, whose answer has no body.
    public var isHead: Bool
    /// Who hears of the answer.
    public var receiver: any ForwardReceiver

    /// A request as its client sent it, but for what concerns the connection to the client alone: `body` is whole, so
    /// its length is told, and no `100 Continue` is waited for. `pathStart` bytes of the path were meant for this
    /// server, and are left out. `Host` stays as the client sent it: its signature covers that.
    public init(_ request: RequestHead, pathStart: Int, body: Blob, receiver: any ForwardReceiver) {
        self.body = body
        self.receiver = receiver
        isHead = request.bytes[request.methodRange].equals("HEAD")
        head = Array(request.bytes[request.methodRange]) + [ASCII.space]
        let path = request.path.dropFirst(pathStart)
        if path.first != UInt8(ascii: "/"), path.first != UInt8(ascii: "*") { head.append(UInt8(ascii: "/")) }
        head += path
        if let query = request.query { head += [UInt8(ascii: "?")] + query }
        head += " HTTP/1.1\r\n".utf8
        let hops = HopByHop(request.headers)
        var tellsLength = false
        for field in request.fields {
            let name = String(decoding: request.bytes[field.name], as: UTF8.self).lowercased()
            if hops.contains(name) || name == "expect" { continue }
            if name == "content-length" {
                if tellsLength { continue }
                tellsLength = true
            }
            head += request.bytes[field.name] + ": ".utf8 + request.bytes[field.value] + "\r\n".utf8
        }
        if !tellsLength, !body.isEmpty || request.value("transfer-encoding") != nil {
            head += "Content-Length: \(body.count)\r\n".utf8
        }
        head += "\r\n".utf8
    }
}

/// What to do with an answer whose head has come.
public enum ForwardDecision: Sendable {
    /// This goes out, with the body as it comes; the reply's content is `.streamed`.
    case stream(Reply)
    /// The body is wanted whole, at most so many bytes of it: then `collected` is called, else `failed`.
    case collect(limit: Int)
}

/// Hears what comes of a request that was passed on. Called on the loop of the client's connection, `answered` or
/// `failed` first: must not wait.
public protocol ForwardReceiver: AnyObject, Sendable {
    /// The answer's head has come.
    func answered(_ head: ResponseHead) -> ForwardDecision
    /// The whole answer has come, as `ForwardDecision.collect` asked.
    func collected(_ head: ResponseHead, body: [UInt8]) -> Reply
    /// There is no answer, or not one that can be collected.
    func failed(_ failure: ForwardFailure) -> Reply
    /// These bytes of a streamed body have come.
    func passed(_ bytes: [UInt8])
    /// The streamed body has ended, or, not whole, never will.
    func ended(whole: Bool)
}

/// Why another server gave no answer that could be passed on.
public enum ForwardFailure: Error, Sendable, Equatable {
    /// It could not be reached; the system's word for why.
    case unreachable(String)
    /// It did not answer in time.
    case timedOut
    /// What it sent is no whole answer.
    case mistaken(ResponseMistake)
    /// Its answer is larger than what is collected.
    case tooLarge(limit: Int)

    /// What happened, for people.
    public var message: String {
        switch self {
        case .unreachable(let reason): "it cannot be reached: \(reason)"
        case .timedOut: "it did not answer in time"
        case .mistaken(let mistake): mistake.message
        case .tooLarge(let limit): "its answer is larger than the \(limit) bytes that are held for a rule to change"
        }
    }
}
