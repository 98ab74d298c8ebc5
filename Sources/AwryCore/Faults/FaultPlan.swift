// SPDX-License-Identifier: Apache-2.0

/// What a fault makes of one answer.
public struct FaultPlan: Sendable, Equatable {
    /// What is sent.
    public enum Part: Sendable, Equatable {
        case nothing
        /// These bytes in the place of the answer.
        case bytes([UInt8])
        /// The status line, and the header fields up to the middle of one.
        case partOfHead
        /// The head, in which Content-Length says `promised`, and the first bytes of the body, which spaces make longer
        /// where it is too short. An answer that has no body by its nature (to HEAD; 204, 304) is cut in its head.
        case body(sent: Int, promised: Int)
        /// The head of a chunked answer, so much of the body as a chunk, and then these.
        case chunk(sent: Int, then: [UInt8])
        /// The whole answer, with this in the place of its body, and this Content-Type if it has none like it.
        case document([UInt8], type: String)
    }

    /// How the connection ends when that is sent.
    public enum Ending: Sendable, Equatable {
        /// As after any answer.
        case usual
        /// In order: FIN.
        case close
        /// By a reset: RST.
        case reset
        /// It stays open, and nothing more comes.
        case silence
    }

    /// What is sent.
    public var part: Part
    /// What follows.
    public var ending: Ending

    /// These parts.
    public init(_ part: Part, then ending: Ending) {
        self.part = part
        self.ending = ending
    }

    /// So many bytes of the body as `after` says, or half of it; Content-Length promises more even of a body that is
    /// short or empty, so that no client can take it for the whole.
    static func cut(_ body: Blob, _ after: Int?, then ending: Ending) -> FaultPlan {
        let sent = after ?? body.count / 2
        return FaultPlan(.body(sent: sent, promised: max(body.count, sent + 1)), then: ending)
    }

    /// The document that a body is, if it begins like one and is no object of any size.
    static func document(_ body: Blob, beginning first: UInt8) -> [UInt8]? {
        guard body.count <= 16 << 20, body.prefix(1).bytes.first == first else { return nil }
        return Array(body.bytes)
    }

    /// The beginning of a document: so much as `after` says, or half of it.
    static func start(of document: [UInt8], _ after: Int?) -> ArraySlice<UInt8> {
        document.prefix(max(after ?? document.count / 2, 0))
    }
}
