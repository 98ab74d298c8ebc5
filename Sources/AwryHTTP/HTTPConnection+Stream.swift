// SPDX-License-Identifier: Apache-2.0

extension HTTPConnection {
    /// How many bytes were written of the answer that is being streamed.
    public var streamedBytes: Int { stream.bytes }

    /// More of the body of the answer that is being streamed. What is longer than the head promised is left out.
    public mutating func send(_ piece: consuming [UInt8], into output: inout HTTPOutput) {
        guard case .streaming = phase, !stream.isOver, !piece.isEmpty else { return }
        let before = output.count
        switch stream.frame {
        case .none: break
        case .untilEnd: output.append(body: piece)
        case .length(let left):
            if piece.count > left { piece.removeLast(piece.count - left) }
            stream.frame = .length(left - piece.count)
            output.append(body: piece)
        case .chunked:
            output.bytes.append(contentsOf: String(piece.count, radix: 16).utf8)
            output.bytes.append(contentsOf: Self.lineEnd)
            output.bytes.append(contentsOf: piece)
            output.bytes.append(contentsOf: Self.lineEnd)
        }
        stream.bytes += output.count - before
    }

    /// The streamed answer has ended: whole, or broken off where it is. Then the connection ends with it, so that its
    /// client knows.
    public mutating func finishStream(whole: Bool, into output: inout HTTPOutput) {
        guard case .streaming = phase, !stream.isOver else { return }
        stream.isOver = true
        stream.isWhole = whole
        if whole, stream.frame == .chunked {
            output.bytes.append(contentsOf: "0\r\n\r\n".utf8)
            stream.bytes += 5
        }
        if case .length(let left) = stream.frame, left > 0 { stream.isWhole = false }
    }

    /// Reports the end of the streamed answer, and goes on to what follows it.
    mutating func endStream() -> Action? {
        let (over, isCut) = (stream, !stream.isWhole)
        stream = StreamedAnswer()
        if isCut {
            // An answer that ends with its connection ends by a reset: an orderly end would look whole.
            phase = over.frame == .untilEnd ? .resetting : .closing(lingering: false)
        } else {
            phase = over.stays && !stopping ? .dropping : .closing(lingering: !body.isDone)
        }
        guard over.token != 0 else { return nil }
        return .answered(token: over.token, bytes: over.bytes, isWhole: over.isWhole)
    }

    private static let lineEnd = [ASCII.carriageReturn, ASCII.lineFeed]
}
