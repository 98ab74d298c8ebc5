// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Lays the parts of the catalogue's file out. `Sources/CModels/README.md` describes the result.
enum CatalogueWriter {
    private typealias Format = CatalogueFormat

    /// The file's bytes; the services must be in byte order of their names.
    static func catalogue(of services: [ServiceModel], botocoreVersion: String) throws -> [UInt8] {
        let encoded = services.map(ServiceEncoder.encode)
        let table = table(of: services, encoded.map(\.texts), botocoreVersion)
        let blobs = encoded.map { parts in
            var blob = ByteWriter()
            blob.varint(parts.texts.count)
            for text in parts.texts { blob.varint(table[text]) }
            blob.append(parts.body)
            return blob.bytes
        }
        let targets = index(services.map(\.metadata.targetPrefix), table)
        let signing = index(services.map(\.metadata.signingName), table)
        let endpoints = index(services.map(\.metadata.endpointPrefix), table)
        let strings = stringBytes(table)

        let directoryAt = Format.headerSize
        let targetsAt = directoryAt + services.count * Format.directoryRecordSize
        let signingAt = targetsAt + targets.count
        let endpointsAt = signingAt + signing.count
        let offsetsAt = endpointsAt + endpoints.count
        let stringsAt = offsetsAt + strings.offsets.count
        let blobsAt = stringsAt + strings.bytes.count

        var out = ByteWriter()
        out.append(Format.magic)
        out.word(Int(Format.version))
        out.word(services.count)
        out.word(table[botocoreVersion])
        out.word(table.texts.count)
        for place in [offsetsAt, stringsAt, directoryAt, targetsAt, signingAt, endpointsAt, blobsAt] { out.word(place) }
        out.word(blobsAt + blobs.reduce(0) { $0 + $1.count })
        var blobAt = 0
        for (service, blob) in zip(services, blobs) {
            for number in [table[service.name], blobAt, blob.count, service.operations.count] { out.word(number) }
            blobAt += blob.count
        }
        for part in [targets, signing, endpoints, strings.offsets, strings.bytes] + blobs { out.append(part) }
        return out.bytes
    }

    /// The texts of all services. Those that only one service uses (most) stand together by service, so that decoding
    /// it touches few pages of the file.
    private static func table(of services: [ServiceModel], _ texts: [[String]], _ version: String) -> StringTable {
        var counts: [String: Int] = [version: 1]
        var ranks: [String: Int] = [:]
        for (number, service) in services.enumerated() {
            for text in Set(indexed(service) + texts[number]) {
                counts[text, default: 0] += 1
                ranks[text] = min(ranks[text] ?? number, number)
            }
        }
        return StringTable(counts: counts, ranks: ranks)
    }

    /// The texts that the directory and the indexes name.
    private static func indexed(_ service: ServiceModel) -> [String] {
        let metadata = service.metadata
        return [service.name, metadata.signingName, metadata.endpointPrefix]
            + (metadata.targetPrefix.map { [$0] } ?? [])
    }

    private static func stringBytes(_ table: StringTable) -> (offsets: [UInt8], bytes: [UInt8]) {
        var offsets = ByteWriter()
        var bytes: [UInt8] = []
        for text in table.texts {
            offsets.word(bytes.count)
            bytes.append(contentsOf: Array(text.utf8))
        }
        offsets.word(bytes.count)
        // Padded, so that every table stands at a multiple of four.
        while bytes.count % 4 != 0 { bytes.append(0) }
        return (offsets.bytes, bytes)
    }

    /// An index from a text to the services that have it: records in order of the text's hash, then the services'
    /// numbers.
    private static func index(_ texts: [String?], _ table: StringTable) -> [UInt8] {
        var services: [String: [Int]] = [:]
        for (number, text) in texts.enumerated() {
            if let text { services[text, default: []].append(number) }
        }
        let rows = services.map { (hash: Chance.hash($0.key.utf8), text: $0.key, services: $0.value) }.sorted {
            $0.hash != $1.hash ? $0.hash < $1.hash : $0.text.utf8.lexicographicallyPrecedes($1.text.utf8)
        }
        var records = ByteWriter()
        var numbers = ByteWriter()
        var first = 0
        records.word(rows.count)
        for row in rows {
            records.long(row.hash)
            for number in [table[row.text], first, row.services.count, 0] { records.word(number) }
            for number in row.services { numbers.word(number) }
            first += row.services.count
        }
        records.append(numbers.bytes)
        return records.bytes
    }
}
