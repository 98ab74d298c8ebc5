// SPDX-License-Identifier: Apache-2.0

/// Takes a body as it comes: into memory, and once it is, or will be, longer than is held there, into a file.
public struct BodyWriter: Sendable {
    /// The smallest stretch of a file for a body of unknown length, and the largest.
    private static let stretches = (1 << 20)...(64 << 20)

    private let store: BodyStore
    private let heldBytes: Int
    private let expected: Int?
    private var memory: [UInt8] = []
    private var stretches: [(extent: FileExtent, used: Int)] = []
    /// How many bytes have come.
    public private(set) var count = 0

    /// A writer of a body that has so many bytes, if that is known, and is held in memory up to `heldBytes`.
    public init(expected: Int?, heldBytes: Int, store: BodyStore = .shared) {
        self.store = store
        self.heldBytes = heldBytes
        self.expected = expected
        if let expected, expected <= heldBytes { memory.reserveCapacity(min(expected, 64 << 20)) }
    }

    /// Takes the next bytes; false where there is no room for them.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        defer { count += bytes.count }
        if stretches.isEmpty, max(count + bytes.count, expected ?? 0) <= heldBytes {
            memory.append(contentsOf: bytes)
            return true
        }
        if !memory.isEmpty {
            let held = memory
            memory = []
            guard held.withUnsafeBytes({ write($0) }) else { return false }
        }
        return write(bytes)
    }

    private mutating func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var done = 0
        while done < bytes.count {
            if stretches.last.map({ $0.used == $0.extent.room }) ?? true {
                guard let extent = store.extent(of: room(for: bytes.count - done)) else { return false }
                stretches.append((extent, 0))
            }
            let last = stretches.count - 1
            let (extent, used) = stretches[last]
            let taken = min(extent.room - used, bytes.count - done)
            guard extent.write(UnsafeRawBufferPointer(rebasing: bytes[done..<(done + taken)]), at: used) else {
                return false
            }
            stretches[last].used += taken
            done += taken
        }
        return true
    }

    private func room(for count: Int) -> Int {
        if stretches.isEmpty, let expected { return max(expected, count) }
        let grown = stretches.reduce(0) { $0 + $1.used }
        return max(min(max(grown, Self.stretches.lowerBound), Self.stretches.upperBound), count)
    }

    /// The whole body, which is then forgotten.
    public mutating func finish() -> Blob {
        defer {
            memory = []
            stretches = []
            count = 0
        }
        if stretches.isEmpty { return Blob(memory) }
        return Blob(segments: stretches.map { .file($0.extent, 0..<$0.used) })
    }
}
