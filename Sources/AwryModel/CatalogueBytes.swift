// SPDX-License-Identifier: Apache-2.0

import CModels

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
}

/// Bytes that are no catalogue, or a damaged one.
public struct CatalogueMistake: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
