// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// What an answer needs beside its content.
public struct AnswerContext: Sendable, Hashable {
    /// The request's id, which every answer carries.
    public var requestID: String
    /// The second id of S3 and Kinesis (`x-amz-id-2`).
    public var hostID: String
    /// Whether the request's method is HEAD: the answer has no body.
    public var isHead: Bool
    /// Whether a query request asked for a JSON answer (`Accept: application/json` or `ContentType=JSON`).
    public var wantsJSON: Bool
    /// The request's path, still percent-encoded: S3's errors name the resource.
    public var path: String

    /// A context of these parts.
    public init(requestID: String, hostID: String, isHead: Bool = false, wantsJSON: Bool = false, path: String = "/") {
        self.requestID = requestID
        self.hostID = hostID
        self.isHead = isHead
        self.wantsJSON = wantsJSON
        self.path = path
    }

    /// What a request's head says of its answer.
    public init(requestID: String, hostID: String, head: RequestHead) {
        self.init(
            requestID: requestID, hostID: hostID, isHead: head.bytes[head.methodRange].equals("HEAD"),
            wantsJSON: Self.asksForJSON(head), path: String(decoding: head.path, as: UTF8.self))
    }

    /// Another answer's of the same caller.
    public init(_ other: AnswerContext, requestID: String, hostID: String) {
        self.init(
            requestID: requestID, hostID: hostID, isHead: other.isHead, wantsJSON: other.wantsJSON, path: other.path)
    }

    private static func asksForJSON(_ head: RequestHead) -> Bool {
        if let accepted = head.value("accept"), accepted.begins(with: "application/json") { return true }
        guard let query = head.query else { return false }
        return query.split(separator: UInt8(ascii: "&")).contains { $0.elementsEqual("ContentType=JSON".utf8) }
    }
}
