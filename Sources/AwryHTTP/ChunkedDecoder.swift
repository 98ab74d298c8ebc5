// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Takes the chunked transfer coding (RFC 9112 7.1) off a body as it arrives. Keeps nothing of the input but the line
/// that is under way, and gives the same whatever the pieces.
public struct ChunkedDecoder: Sendable {
    /// What came of some bytes.
    public enum Outcome: Sendable, Equatable {
        /// All of them were taken, and the body goes on.
        case needsMore
        /// The body ended; so many of them were its.
        case done(consumed: Int)
        /// A mistake.
        case refused(Refusal)
    }

    private enum State {
        case size
        case sizeBlank
        case lineExtension
        case lineEnd
        case data
        case dataReturn
        case dataFeed
        case trailer
        case done
    }

    private var state = State.size
    private var size = 0
    private var lineBytes = 0
    private var line: [UInt8] = []
    private var trailerBytes = 0
    private let limits: HTTPLimits
    /// The fields after the last chunk.
    public private(set) var trailers: [Header] = []

    /// A decoder at a body's first byte.
    public init(limits: HTTPLimits) {
        self.limits = limits
    }

    /// Takes `bytes`, appending the decoded ones to `body`, which must not grow above `limit`.
    public mutating func decode(_ bytes: Span<UInt8>, into body: inout [UInt8], limit: Int) -> Outcome {
        do throws(Refusal) {
            var index = 0
            while index < bytes.count, state != .done {
                if state == .data {
                    let taken = min(size, bytes.count - index)
                    if taken > limit - body.count { throw .bodyTooLarge }
                    bytes.extracting(index..<(index + taken)).withUnsafeBufferPointer {
                        body.append(contentsOf: $0)
                    }
                    index += taken
                    size -= taken
                    if size == 0 { state = .dataReturn }
                } else {
                    try take(bytes[index])
                    index += 1
                }
            }
            return state == .done ? .done(consumed: index) : .needsMore
        } catch {
            return .refused(error)
        }
    }

    /// One byte of what is not data.
    private mutating func take(_ byte: UInt8) throws(Refusal) {
        switch state {
        case .size, .sizeBlank, .lineExtension, .lineEnd: try takeSizeLine(byte)
        case .dataReturn:
            guard byte == ASCII.carriageReturn else { throw .badChunkEnd }
            state = .dataFeed
        case .dataFeed:
            guard byte == ASCII.lineFeed else { throw .badChunkEnd }
            state = .size
        case .trailer: try takeTrailer(byte)
        case .data, .done: break
        }
    }

    private mutating func takeSizeLine(_ byte: UInt8) throws(Refusal) {
        lineBytes += 1
        if lineBytes > HTTPLimits.chunkLineBytes { throw .badChunkExtension }
        if state == .lineEnd {
            guard byte == ASCII.lineFeed else { throw .bareCarriageReturn }
            lineBytes = 0
            state = size > 0 ? .data : .trailer
            return
        }
        if state == .size, let digit = ASCII.hexadecimal(byte) {
            // Sixteen digits overflow; so many that the size is beyond any limit are refused as too large.
            if lineBytes > 15 { throw .bodyTooLarge }
            size = size << 4 | digit
            return
        }
        if state == .size, lineBytes == 1 { throw .badChunkSize }
        switch byte {
        case ASCII.carriageReturn where state != .sizeBlank: state = .lineEnd
        case UInt8(ascii: ";") where state != .lineExtension: state = .lineExtension
        // RFC 9112 7.1.1: blanks may stand before an extension's semicolon, and only there.
        case ASCII.space, ASCII.tab:
            if state == .size { state = .sizeBlank }
        default:
            guard state == .lineExtension else { throw byte == ASCII.lineFeed ? .bareLineFeed : .badChunkSize }
            if byte == ASCII.lineFeed { throw .bareLineFeed }
            if !ASCII.isFieldText(byte) { throw .badChunkExtension }
        }
    }

    private mutating func takeTrailer(_ byte: UInt8) throws(Refusal) {
        trailerBytes += 1
        if trailerBytes > HTTPLimits.trailerBytes { throw .trailersTooLarge }
        guard byte == ASCII.lineFeed else {
            line.append(byte)
            return
        }
        guard line.last == ASCII.carriageReturn else { throw .bareLineFeed }
        line.removeLast()
        if line.isEmpty {
            state = .done
            return
        }
        if trailers.count >= limits.headerCount { throw .trailersTooLarge }
        let field = try FieldLine.parse(line.span, line.indices)
        trailers.append(
            Header(
                String(decoding: line[field.name], as: UTF8.self), String(decoding: line[field.value], as: UTF8.self)))
        line.removeAll(keepingCapacity: true)
    }
}
