// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryWire

/// A call that was passed on, and what came back.
public struct RecordedCall: Sendable {
    /// The longest body that is kept: all files of a scenario together may hold 64 MiB.
    static let longestBody = 16 << 20

    /// What came back, without what each answer has of its own.
    public enum Answer: Sendable, Hashable {
        /// An AWS error; `isVerbatim`: its code is to be spelt as it is.
        case error(code: String, message: String?, status: Int, isVerbatim: Bool)
        /// A success, as `respond` has its output.
        case output(Value)
        /// An answer to be given as it came; `notes` say what was left out of it.
        case raw(status: Int, headers: [Header], body: Body, notes: [String])
        /// A success that has secrets in it, or is too large, of which only this note is kept.
        case stub(note: String)
    }

    /// The body of an answer.
    public enum Body: Sendable, Hashable {
        /// As a scenario writes it, with `${requestId}` where the request's id was.
        case text(String)
        /// As it came.
        case bytes([UInt8])

        /// About how long it is, in bytes.
        var count: Int {
            switch self {
            case .text(let text): text.utf8.count
            case .bytes(let bytes): bytes.count
            }
        }
    }

    /// The service.
    public let service: Service
    /// The operation.
    public let operation: Operation
    /// The region.
    public let region: String
    /// What was asked; nil where it could not be read.
    public let params: Fields?
    /// What came back.
    public let answer: Answer

    /// A call, and the answer to it that has come whole; `body` is nil where it was too long to be kept.
    init(_ call: IdentifiedCall, params: Fields?, isHead: Bool, _ head: ResponseHead, body: [UInt8]?) {
        service = call.service
        operation = call.operation
        region = call.region
        self.params = params
        answer = Answer(head, body, isHead: isHead, of: call, params: params)
    }
}

extension RecordedCall.Answer {
    /// Headers that are made anew for each answer, or by the transport.
    private static let fresh: Set<String> = ["date", "x-amz-id-2", "content-length"]
    private static let requestIDs: Set<String> = ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"]

    init(_ head: ResponseHead, _ body: [UInt8]?, isHead: Bool, of call: IdentifiedCall, params: Fields?) {
        guard let body else {
            self = .stub(note: "its answer is longer than the \(RecordedCall.longestBody >> 20) MiB that are kept")
            return
        }
        if (400...599).contains(head.status), let error = ReadError(headers: head.headers, body: body) {
            // Services with this header have a second code for it, which is known here by the first one.
            let isVerbatim = head.value("x-amzn-query-error") == nil
            self = .error(code: error.code, message: error.message, status: head.status, isVerbatim: isVerbatim)
            return
        }
        let secrets = Secrets(of: call.operation, in: call.service)
        if let name = secrets.first(in: body) {
            self = .stub(note: "its answer has \(name) in it, which is secret")
            return
        }
        if !isHead, let output = RecordedOutput.value(body, status: head.status, of: call, params: params) {
            self = .output(output)
            return
        }
        var headers: [Header] = []
        var notes: [String] = []
        var requestID: String?
        for header in head.endToEnd {
            let name = header.name.lowercased()
            if secrets.headers.contains(name) {
                notes.append("\(header.name) is left out: it is secret")
            } else if Self.requestIDs.contains(name) {
                requestID = requestID ?? header.value
                headers.append(Header(header.name, "${requestId}"))
            } else if !Self.fresh.contains(name) || isHead && name == "content-length" {
                headers.append(Header(header.name, Self.escaped(header.value)))
            }
        }
        self = .raw(status: head.status, headers: headers, body: Self.fresh(body, requestID), notes: notes)
    }

    /// A text's body with the request's id, where it has it, to be filled in anew; a body that is no text as it is.
    private static func fresh(_ body: [UInt8], _ requestID: String?) -> RecordedCall.Body {
        guard body.count <= RecordingText.longestText, let text = String(validating: body, as: UTF8.self) else {
            return .bytes(body)
        }
        var fresh = escaped(text)
        var id = requestID
        if id == nil, let start = fresh.firstRange(of: "<RequestId>"),
            let end = fresh[start.upperBound...].firstRange(of: "<")
        {
            id = String(fresh[start.upperBound..<end.lowerBound])
        }
        if let id, id.utf8.count >= 8 { fresh = fresh.replacing(id, with: "${requestId}") }
        return .text(fresh)
    }

    /// The text as a scenario writes it, where `${` begins a reference.
    static func escaped(_ text: String) -> String { text.replacing("${", with: "$${") }
}

/// The members of an operation's output that the model calls sensitive.
private struct Secrets {
    /// The headers that carry one, in lower case.
    var headers: Set<String> = []
    /// The names in a body that do.
    private var names: [String] = []
    /// Whether the whole body is one.
    private var isWhole = false

    init(of operation: Operation, in service: Service) {
        guard let output = operation.output else { return }
        var seen: Set<ShapeID> = []
        let payload = service[output].traits.payload
        for member in service[output].members {
            let isSecret = service[member.shape].traits.isSecret
            switch member.location {
            case .header, .headers: if isSecret { headers.insert(member.wireName.lowercased()) }
            default:
                if isSecret, member.name == payload { isWhole = true }
                collect(member, in: service, &seen)
            }
        }
    }

    private mutating func collect(_ member: Member, in service: Service, _ seen: inout Set<ShapeID>) {
        let shape = service[member.shape]
        if shape.traits.isSecret {
            names.append(member.wireName)
            return
        }
        guard seen.insert(member.shape).inserted else { return }
        switch shape.kind {
        case .structure(let members): for inner in members { collect(inner, in: service, &seen) }
        // An element has its list's name, or none: what is secret in it is found by what is around it.
        case .list(let element):
            if service[element.shape].traits.isSecret {
                names.append(member.wireName)
            } else {
                collect(element, in: service, &seen)
            }
        case .map(let key, let value):
            if [key, value].contains(where: { service[$0.shape].traits.isSecret }) {
                names.append(member.wireName)
            } else {
                collect(value, in: service, &seen)
            }
        default: break
        }
    }

    /// The first of the names that the body has, whatever it is written in.
    func first(in body: [UInt8]) -> String? {
        if isWhole, !body.isEmpty { return "all of the body" }
        return names.first { body.firstRange(of: $0.utf8) != nil }
    }
}
