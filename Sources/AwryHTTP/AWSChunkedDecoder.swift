// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Takes the `aws-chunked` content coding off a body (Amazon S3 API Reference, "Signature Calculations: Transferring
/// Payload in Multiple Chunks", and the page on trailing headers). Checks no signature: it keeps each with its data.
///
/// Incremental with `take` and `finish`, or on a whole body, in its own memory, with `decode`. Gives the same whatever
/// the pieces.
public struct AWSChunkedDecoder: Sendable {
    /// One chunk: where its data lies in the decoded body, and the signature it came with.
    public struct Chunk: Sendable, Hashable {
        /// Its place in the decoded body; empty for the last chunk.
        public var data: Range<Int>
        /// The value of `chunk-signature`; nil if the chunk has none.
        public var signature: String?

        fileprivate mutating func clamp(to end: Int) { data = data.clamped(to: 0..<end) }
    }

    /// What is wrong with a body.
    public enum Mistake: Error, Sendable, Hashable {
        /// A chunk's size is not a hexadecimal number, or beyond all sizes.
        case badSize
        /// A chunk's first line is too long or does not end in CR LF.
        case badLine
        /// A chunk, or the trailers, lack the signature that the mode calls for; the number of the chunk from 0.
        case missingSignature(chunk: Int)
        /// No CR LF follows a chunk's data.
        case badDataEnd
        /// There are more chunks than any client sends.
        case tooManyChunks
        /// A trailer is not `name:value`.
        case badTrailer
        /// The trailers are too large.
        case trailersTooLarge
        /// The body ended before the last chunk and the empty line after it: S3's IncompleteBody.
        case incomplete
        /// Bytes follow the end.
        case surplus
        /// The data is not as long as `x-amz-decoded-content-length` says.
        case wrongLength(expected: Int, got: Int)
    }

    private enum State {
        case line
        case data
        case dataReturn
        case dataFeed
        case trailer
        case done
    }

    private static let lineBytes = 4096
    private static let trailerBytes = 16 << 10
    /// S3 takes chunks of 8 KiB and more, the last one aside: so many make 8 GiB.
    private static let mostChunks = 1 << 20

    private let mode: AWSChunkedMode
    private var state = State.line
    private var line: [UInt8] = []
    private var left = 0
    private var trailerBytes = 0
    /// The chunks so far, the last one with the size 0 among them.
    public private(set) var chunks: [Chunk] = []
    /// The trailers, `x-amz-trailer-signature` left out.
    public private(set) var trailers: [Header] = []
    /// The value of `x-amz-trailer-signature`.
    public private(set) var trailerSignature: String?
    /// How many bytes of data there were so far.
    public private(set) var decodedCount = 0

    /// A decoder at a body's first byte.
    public init(mode: AWSChunkedMode) {
        self.mode = mode
    }

    /// Takes a piece of the body and appends its data to `decoded`.
    public mutating func take(_ bytes: Span<UInt8>, into decoded: inout [UInt8]) throws(Mistake) {
        var index = 0
        while let data = try nextData(bytes, &index) {
            bytes.extracting(data).withUnsafeBufferPointer { decoded.append(contentsOf: $0) }
        }
    }

    /// The body has ended; `decodedLength` is the value of `x-amz-decoded-content-length`, if it was sent.
    public func finish(decodedLength: Int?) throws(Mistake) {
        if state != .done { throw .incomplete }
        if mode.signsTrailers, trailerSignature == nil { throw .missingSignature(chunk: chunks.count) }
        if let decodedLength, decodedLength != decodedCount {
            throw .wrongLength(expected: decodedLength, got: decodedCount)
        }
    }

    /// Decodes a whole body in its own memory: `body` then holds the data. What came before a mistake stays there.
    public static func decode(
        _ body: inout [UInt8], mode: AWSChunkedMode, decodedLength: Int?
    ) -> (decoder: AWSChunkedDecoder, mistake: Mistake?) {
        var decoder = AWSChunkedDecoder(mode: mode)
        var index = 0
        var end = 0
        var mistake: Mistake?
        do throws(Mistake) {
            while let data = try decoder.nextData(body.span, &index) {
                // Data moves towards the front only, over what has been looked at.
                body.withUnsafeMutableBytes { bytes in
                    UnsafeMutableRawBufferPointer(rebasing: bytes[end...])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[data]))
                }
                end += data.count
            }
            try decoder.finish(decodedLength: decodedLength)
        } catch {
            mistake = error
            // A chunk that promised more than came must not point beyond what there is.
            if let last = decoder.chunks.indices.last { decoder.chunks[last].clamp(to: decoder.decodedCount) }
        }
        body.removeSubrange(end...)
        return (decoder, mistake)
    }

    /// Where the next data in `bytes` is, from `index` on, which moves behind it; nil when `bytes` is used up.
    mutating func nextData(_ bytes: Span<UInt8>, _ index: inout Int) throws(Mistake) -> Range<Int>? {
        while index < bytes.count {
            if state == .data {
                let start = index
                index += min(left, bytes.count - start)
                left -= index - start
                decodedCount += index - start
                if left == 0 { state = .dataReturn }
                return start..<index
            }
            try take(bytes[index])
            index += 1
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) throws(Mistake) {
        switch state {
        case .line:
            guard byte == ASCII.lineFeed else {
                if line.count >= Self.lineBytes { throw .badLine }
                line.append(byte)
                return
            }
            guard line.popLast() == ASCII.carriageReturn else { throw .badLine }
            try beginChunk()
        case .dataReturn:
            guard byte == ASCII.carriageReturn else { throw .badDataEnd }
            state = .dataFeed
        case .dataFeed:
            guard byte == ASCII.lineFeed else { throw .badDataEnd }
            state = .line
        case .trailer: try takeTrailer(byte)
        case .done: throw .surplus
        case .data: break
        }
    }

    /// `size` or `size;chunk-signature=…`.
    private mutating func beginChunk() throws(Mistake) {
        var size = 0
        var end = 0
        while end < line.count, let digit = ASCII.hexadecimal(line[end]) {
            if end >= 15 { throw .badSize }
            size = size << 4 | digit
            end += 1
        }
        if end == 0 || end < line.count && line[end] != UInt8(ascii: ";") { throw .badSize }
        let signature = signature(line[end...])
        if mode.signsChunks, signature?.isEmpty ?? true { throw .missingSignature(chunk: chunks.count) }
        if chunks.count == Self.mostChunks { throw .tooManyChunks }
        chunks.append(Chunk(data: decodedCount..<(decodedCount + size), signature: signature))
        line.removeAll(keepingCapacity: true)
        left = size
        state = size > 0 ? .data : .trailer
    }

    private func signature(_ extensions: ArraySlice<UInt8>) -> String? {
        for part in extensions.split(separator: UInt8(ascii: ";")) where part.starts(with: "chunk-signature=".utf8) {
            return String(decoding: part.dropFirst("chunk-signature=".utf8.count), as: UTF8.self)
        }
        return nil
    }

    private mutating func takeTrailer(_ byte: UInt8) throws(Mistake) {
        trailerBytes += 1
        if trailerBytes > Self.trailerBytes { throw .trailersTooLarge }
        guard byte == ASCII.lineFeed else {
            line.append(byte)
            return
        }
        // AWS's own examples end a trailer with LF, and the section with CR LF: both are taken for either.
        if line.last == ASCII.carriageReturn { line.removeLast() }
        if line.isEmpty {
            state = .done
            return
        }
        guard let field = try? FieldLine.parse(line.span, line.indices) else { throw .badTrailer }
        let value = String(decoding: line[field.value], as: UTF8.self)
        if line.span.equals(field.name, "x-amz-trailer-signature") {
            trailerSignature = value
        } else {
            trailers.append(Header(String(decoding: line[field.name], as: UTF8.self), value))
        }
        line.removeAll(keepingCapacity: true)
    }
}
