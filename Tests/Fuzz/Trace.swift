// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The input under test, in memory that is shared with the process that watches: it outlives a crash.
struct Trace: ~Copyable {
    private static let header = 24
    private static let room = header + Mutator.longest

    private let memory: UnsafeMutableRawBufferPointer

    /// The trace kept in this file, which is made if it is not there.
    init?(path: String) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard ftruncate(descriptor, Self.room) == 0 else { return nil }
        let start = mmap(nil, Self.room, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let start, start != MAP_FAILED else { return nil }
        memory = UnsafeMutableRawBufferPointer(start: start, count: Self.room)
    }

    deinit {
        munmap(memory.baseAddress, memory.count)
    }

    /// How many inputs have been begun.
    var executions: UInt64 { memory.load(fromByteOffset: 8, as: UInt64.self) }

    /// How many kinds of behaviour have been seen.
    var kinds: UInt64 { memory.load(fromByteOffset: 16, as: UInt64.self) }

    /// The input that was begun last.
    var input: [UInt8] {
        let length = min(memory.load(as: Int.self), Self.room - Self.header)
        return Array(memory[Self.header..<(Self.header + max(length, 0))])
    }

    /// Writes down what is about to be run.
    func begin(_ bytes: [UInt8], kinds: Int) {
        let length = min(bytes.count, Self.room - Self.header)
        bytes.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(rebasing: memory[Self.header...])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<length]))
        }
        memory.storeBytes(of: length, as: Int.self)
        memory.storeBytes(of: executions + 1, toByteOffset: 8, as: UInt64.self)
        memory.storeBytes(of: UInt64(kinds), toByteOffset: 16, as: UInt64.self)
    }
}
