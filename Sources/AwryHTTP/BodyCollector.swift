// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Keeps a body as it comes, in memory or in a file, by its plan.
struct BodyCollector: Sendable {
    let plan: BodyPlan
    private var data: BodyWriter
    private var sent: BodyWriter?
    private var decoder: AWSChunkedDecoder?
    private var mistake: AWSChunkedDecoder.Mistake?
    /// How many bytes have come, codings of AWS's not taken off.
    private(set) var count = 0
    /// Whether there was no room for some of them.
    private(set) var isOutOfRoom = false

    /// A collector of a body that has so many bytes as sent, if that is known.
    init(_ plan: BodyPlan, expected: Int?, limits: HTTPLimits) {
        self.plan = plan
        let heldBytes = plan.mayLieInFile ? limits.heldBytes : Int.max
        // What a head promises is no reason to make room for more than would be taken.
        let decoded = plan.chunked == nil ? expected : (plan.decodedLength ?? expected).map { min($0, plan.limit) }
        data = BodyWriter(expected: decoded, heldBytes: heldBytes)
        // Without a coding of AWS's the body is what was sent.
        if plan.keepsSent, plan.chunked != nil { sent = BodyWriter(expected: expected, heldBytes: heldBytes) }
        decoder = plan.chunked.map { AWSChunkedDecoder(mode: $0) }
    }

    /// Takes the next bytes.
    mutating func take(_ bytes: Span<UInt8>) {
        count += bytes.count
        let isKept = bytes.withUnsafeBytes { sent?.append($0) ?? true }
        if !isKept { isOutOfRoom = true }
        guard decoder != nil else {
            keep(bytes)
            return
        }
        // Of what follows a mistake nothing can be known.
        guard mistake == nil else { return }
        var index = 0
        do throws(AWSChunkedDecoder.Mistake) {
            while let piece = try decoder?.nextData(bytes, &index) { keep(bytes.extracting(piece)) }
        } catch {
            mistake = error
        }
    }

    private mutating func keep(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBytes { bytes in
            if !data.append(bytes) { isOutOfRoom = true }
            plan.tap?.take(bytes)
        }
    }

    /// The whole body, which is then forgotten.
    mutating func finish(trailers: [Header]) -> ReceivedBody {
        if mistake == nil, let decoder {
            do throws(AWSChunkedDecoder.Mistake) {
                try decoder.finish(decodedLength: plan.decodedLength)
            } catch {
                mistake = error
            }
        }
        var body = ReceivedBody(data.finish(), trailers: trailers + (decoder?.trailers ?? []))
        if let tap = plan.tap { body.data = body.data.knowing(tap.finish()) }
        body.sent = plan.chunked == nil && plan.keepsSent ? body.data : sent?.finish()
        body.chunked = decoder
        body.mistake = mistake
        return body
    }
}
