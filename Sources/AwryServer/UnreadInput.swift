// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryScenario
import AwryWire
import Synchronization

/// What a request carries beyond its answer's needs: kept as it came, and decoded when the journal is read.
final class UnreadInput: LateParams, BodySink {
    private enum State: Sendable {
        /// The body is still to come, and may never.
        case awaited
        case whole([UInt8])
        case decoded(Fields?)
    }

    /// The largest body that is waited for.
    private static let longest = 64 << 10
    /// The largest that is kept as it came: what the journal keeps of a decoded input is no larger.
    private static let longestKept = 8 << 10

    /// How many bytes of body are taken.
    let limit: Int
    private let call: IdentifiedCall
    private let secrets: Secrets
    private let head: RequestHead
    /// How many bytes of body are never read: too many, or a blob that would only be counted.
    private let unread: Int?
    /// How much of a body is kept as it came.
    private let size: Int
    private let state: Mutex<State>

    /// The input of a call whose body is still to come, if it has one.
    init(_ call: IdentifiedCall, _ head: RequestHead, _ secrets: Secrets) {
        self.secrets = secrets
        let isChunked = head.value("transfer-encoding") != nil
        let length = head.text("content-length").flatMap { Int($0) } ?? 0
        let isKept = !isChunked && length <= Self.longest && !call.hasBlobBody
        self.call = call
        self.head = Self.isWholeInBody(call, head) ? .empty : head
        limit = isKept ? length : 0
        if isKept {
            unread = nil
        } else {
            // What a framing of its own (`aws-chunked`) adds is no part of the blob.
            let whole = head.text("x-amz-decoded-content-length").flatMap { Int($0) } ?? length
            unread = whole == 0 && !isChunked ? nil : whole
        }
        size = min(limit, Self.longestKept)
        state = Mutex(isKept && length > 0 ? .awaited : .whole([]))
    }

    /// The input of a call whose body has been read, but not for its parameters.
    init(_ call: IdentifiedCall, _ head: RequestHead, body: Blob, _ secrets: Secrets) {
        self.secrets = secrets
        let isKept = body.count <= Self.longest && !call.hasBlobBody
        self.call = call
        self.head = Self.isWholeInBody(call, head) ? .empty : head
        limit = 0
        unread = isKept || body.isEmpty ? nil : body.count
        size = isKept ? min(body.count, Self.longestKept) : 0
        state = Mutex(.whole(isKept ? Array(body.bytes) : []))
        if isKept, body.count > Self.longestKept { _ = params }
    }

    /// The body has come. A large one is decoded at once, now that the answer is on its way: it takes less memory so.
    func take(_ body: [UInt8]) {
        var data = body
        var isSound = true
        if let mode = AWSChunkedMode(head) {
            isSound = AWSChunkedDecoder.decode(&data, mode: mode, decodedLength: nil).mistake == nil
        }
        state.withLock { $0 = isSound ? .whole(data) : .decoded(nil) }
        if body.count > Self.longestKept { _ = params }
    }

    /// The decoded input; nil while the body has not come.
    var params: Fields? {
        state.withLock { state in
            switch state {
            case .awaited: return nil
            case .decoded(let fields): return fields
            case .whole(let body):
                let fields = decode(body)
                state = .decoded(fields)
                return fields
            }
        }
    }

    /// The head's bytes, where they are kept, and the body's.
    var footprint: Int { 128 + head.bytes.count + size }

    private func decode(_ body: [UInt8]) -> Fields? {
        let input = try? Wire.decodeInput(call, head: head, body: body[...])
        guard unread != nil || input != nil else { return nil }
        return JournalEntry.kept(input ?? [:], of: call.operation, in: call.service, unread: unread, secrets)
    }

    /// Whether the head says nothing of the input.
    private static func isWholeInBody(_ call: IdentifiedCall, _ head: RequestHead) -> Bool {
        switch call.dialect {
        case .json, .jsonCBOR, .cbor: true
        case .query, .ec2: head.query == nil
        case .restXML, .restJSON, .website, .metadata: false
        }
    }
}

extension RequestHead {
    /// A head that says nothing.
    fileprivate static let empty = RequestHead(
        bytes: [], methodRange: 0..<0, targetRange: 0..<0, minorVersion: 1, fields: [])
}
