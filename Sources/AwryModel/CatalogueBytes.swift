// SPDX-License-Identifier: Apache-2.0

import CModels
import Glibc

/// Where a catalogue's bytes are: in the program's own read-only data, or in an array (tests, and nothing else).
enum CatalogueBytes: Sendable {
    case embedded
    case array([UInt8])

    /// Lends the bytes for the length of a call.
    @inline(__always)
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch self {
        case .embedded:
            // Both are constants that live as long as the process.
            return try body(UnsafeRawBufferPointer(start: awry_catalogue_start(), count: awry_catalogue_size))
        case .array(let bytes):
            var outcome: Swift.Result<Result, Failure>?
            bytes.withUnsafeBytes { buffer in
                outcome = Swift.Result { () throws(Failure) in try body(buffer) }
            }
            guard let outcome else { preconditionFailure("withUnsafeBytes calls its body once") }
            return try outcome.get()
        }
    }

    /// Lets go of the pages that decoding has touched. A service's texts are strewn over all of the catalogue, and the
    /// system maps the neighbours of each page that is read: one service left 4 MiB behind. They are the program
    /// file's, unchanged, and come back from the system's cache where they are needed.
    func letGo() {
        guard case .embedded = self else { return }
        let page = UInt(max(sysconf(Int32(_SC_PAGESIZE)), 1))
        let start = UInt(bitPattern: awry_catalogue_start())
        let from = (start &+ page &- 1) / page &* page
        let to = (start &+ UInt(awry_catalogue_size)) / page &* page
        guard from < to, let place = UnsafeMutableRawPointer(bitPattern: from) else { return }
        madvise(place, Int(to &- from), MADV_DONTNEED)
    }
}

/// Bytes that are no catalogue, or a damaged one.
public struct CatalogueMistake: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
