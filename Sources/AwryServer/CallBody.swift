// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// A request's body, with `aws-chunked` taken off where it was on. An object, because it is handed from stage to stage.
final class CallBody: Sendable {
    /// The body; nil while it was not read, or where its framing is broken.
    let data: Blob?
    /// What is wrong with its framing, in S3's words.
    let mistake: WireError?
    /// What followed the body.
    let trailers: [Header]
    /// The signatures of its chunks and trailers, where they came in `aws-chunked`.
    let chunked: AWSChunkedDecoder?
    /// The body as it was sent, where that was asked for.
    let sent: Blob?

    /// Nothing of the body was read.
    static let unread = CallBody()

    private init() {
        data = nil
        mistake = nil
        trailers = []
        chunked = nil
        sent = nil
    }

    init(_ body: ReceivedBody) {
        data = body.mistake == nil ? body.data : nil
        mistake = body.mistake.map { _ in
            WireError("IncompleteBody", status: 400, message: "The request body terminated unexpectedly")
        }
        trailers = body.trailers
        chunked = body.chunked
        sent = body.sent
    }
}
