// SPDX-License-Identifier: Apache-2.0

/// The numbers of the catalogue's file format, shared by its reader here and its writer in `awry-models`.
///
/// `Sources/CModels/README.md` describes the format in words.
package enum CatalogueFormat {
    /// The first eight bytes: `AWRYCATL`.
    package static let magic: [UInt8] = Array("AWRYCATL".utf8)
    /// The version of the format; raised with every change that an older reader could not read.
    package static let version: UInt32 = 1

    /// The header's size in bytes.
    package static let headerSize = 56
    /// The size of one record of the directory.
    package static let directoryRecordSize = 16
    /// The size of one record of an index.
    package static let indexRecordSize = 24

    /// Where in the header each number stands (little-endian, 32 bits each).
    package enum Header {
        package static let version = 8
        package static let serviceCount = 12
        package static let botocoreVersion = 16
        package static let stringCount = 20
        package static let stringOffsets = 24
        package static let stringBytes = 28
        package static let directory = 32
        package static let targetIndex = 36
        package static let signingIndex = 40
        package static let endpointIndex = 44
        package static let blobs = 48
        package static let length = 52
    }

    /// Which of a shape's parts follow its kind, in this order.
    package struct ShapeParts: OptionSet {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let flags = ShapeParts(rawValue: 1 << 0)
        package static let minimum = ShapeParts(rawValue: 1 << 1)
        package static let maximum = ShapeParts(rawValue: 1 << 2)
        package static let pattern = ShapeParts(rawValue: 1 << 3)
        package static let values = ShapeParts(rawValue: 1 << 4)
        package static let error = ShapeParts(rawValue: 1 << 5)
        package static let payload = ShapeParts(rawValue: 1 << 6)
        package static let timestampFormat = ShapeParts(rawValue: 1 << 7)
        package static let locationName = ShapeParts(rawValue: 1 << 8)
        package static let xmlNamespace = ShapeParts(rawValue: 1 << 9)
        package static let xmlPrefix = ShapeParts(rawValue: 1 << 10)
        /// The minimum is eight bytes of IEEE 754 instead of a zigzag number; adds no part.
        package static let fractionalMinimum = ShapeParts(rawValue: 1 << 11)
        /// The same of the maximum.
        package static let fractionalMaximum = ShapeParts(rawValue: 1 << 12)

        package static let all = ShapeParts(rawValue: (1 << 13) - 1)
    }

    /// Which of a member's parts follow its shape, in this order.
    package struct MemberParts: OptionSet {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// The flag `required`, which is too common to spend a byte on; adds no part.
        package static let required = MemberParts(rawValue: 1 << 0)
        package static let location = MemberParts(rawValue: 1 << 1)
        package static let locationName = MemberParts(rawValue: 1 << 2)
        package static let flags = MemberParts(rawValue: 1 << 3)
        package static let queryName = MemberParts(rawValue: 1 << 4)
        package static let xmlNamespace = MemberParts(rawValue: 1 << 5)
        package static let xmlPrefix = MemberParts(rawValue: 1 << 6)
        package static let values = MemberParts(rawValue: 1 << 7)

        package static let all = MemberParts(rawValue: (1 << 8) - 1)
    }

    /// Which of an operation's parts follow its errors, in this order; the last four are flags and add none.
    package struct OperationParts: OptionSet {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let hostPrefix = OperationParts(rawValue: 1 << 0)
        package static let resultWrapper = OperationParts(rawValue: 1 << 1)
        package static let inputElement = OperationParts(rawValue: 1 << 2)
        package static let inputNamespace = OperationParts(rawValue: 1 << 3)
        package static let checksumAlgorithmMember = OperationParts(rawValue: 1 << 4)
        package static let checksumModeMember = OperationParts(rawValue: 1 << 5)
        package static let unsigned = OperationParts(rawValue: 1 << 6)
        package static let requiresChecksum = OperationParts(rawValue: 1 << 7)
        package static let readOnly = OperationParts(rawValue: 1 << 8)
        package static let idempotent = OperationParts(rawValue: 1 << 9)

        package static let all = OperationParts(rawValue: (1 << 10) - 1)
    }

    /// Which of a service's parts follow its protocols, in this order; the last is a flag and adds none.
    package struct ServiceParts: OptionSet {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let targetPrefix = ServiceParts(rawValue: 1 << 0)
        package static let jsonVersion = ServiceParts(rawValue: 1 << 1)
        package static let xmlNamespace = ServiceParts(rawValue: 1 << 2)
        package static let globalEndpoint = ServiceParts(rawValue: 1 << 3)
        package static let queryCompatible = ServiceParts(rawValue: 1 << 4)

        package static let all = ServiceParts(rawValue: (1 << 5) - 1)
    }

    /// The kinds of shapes by number.
    package enum Kind: UInt8 {
        case string = 0
        case boolean, integer, long, float, double, blob, timestamp, structure, list, map
    }
}
