// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryModel

/// Damaged bytes give errors or other values, never a crash: that these tests end is what they show.
@Suite struct CatalogueDamageTests {
    private let whole = Catalogue.shared.copyOfBytes

    private func mistake(_ bytes: [UInt8]) -> CatalogueMistake? {
        do {
            _ = try Catalogue(bytes: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func aCopyIsWhole() throws {
        let copy = try Catalogue(bytes: whole)
        #expect(copy.serviceCount == 424)
        #expect(copy.service("sqs")?.operations.count == 23)
    }

    @Test func whatIsNoCatalogueIsRefused() {
        #expect(mistake([])?.description.contains("AWRYCATL") == true)
        #expect(mistake(Array("AWRYCATL".utf8)) != nil)
        var newer = whole
        newer[8] = 2
        #expect(mistake(newer)?.description == "format version 2, expected 1")
    }

    @Test func everyTruncationIsRefused() {
        for length in [0, 7, 8, 55, 56, 57, 1_000, 100_000, whole.count / 2, whole.count - 1] {
            #expect(mistake(Array(whole.prefix(length))) != nil, "\(length) bytes")
        }
        #expect(mistake(whole + [0]) != nil)
    }

    @Test func aDamagedHeaderNeverCrashes() {
        let chance = Chance(seed: 1)
        for draw in 0..<200 as Range<UInt64> {
            var bytes = whole
            let at = 8 + Int(chance.bits(at: draw * 2) % 48)
            bytes[at] = UInt8(truncatingIfNeeded: chance.bits(at: draw * 2 + 1))
            touch(bytes)
        }
    }

    @Test func aDamagedDirectoryOrIndexNeverCrashes() throws {
        let chance = Chance(seed: 2)
        let end = try whole.withUnsafeBytes { buffer throws in try CatalogueLayout(buffer).stringOffsets }
        for draw in 0..<200 as Range<UInt64> {
            var bytes = whole
            for step in 0..<8 as Range<UInt64> {
                let at = 56 + Int(chance.bits(at: draw * 16 + step * 2) % UInt64(end - 56))
                bytes[at] = UInt8(truncatingIfNeeded: chance.bits(at: draw * 16 + step * 2 + 1))
            }
            touch(bytes)
        }
    }

    private func touch(_ bytes: [UInt8]) {
        guard let catalogue = try? Catalogue(bytes: bytes) else { return }
        _ = catalogue.botocoreVersion
        _ = catalogue.service("sqs")
        _ = catalogue.service(at: catalogue.serviceCount - 1)
        _ = catalogue.target(Array("Kinesis_20131202.PutRecord".utf8)[...])
        _ = (catalogue.serviceIndexes(signingName: "s3".utf8) + catalogue.serviceIndexes(endpointPrefix: "sts".utf8))
            .map(catalogue.name(at:))
    }

    @Test(arguments: ["sqs", "kinesis", "sts", "cognito-identity", "s3"])
    func aDamagedServiceNeverCrashes(name: String) throws {
        let layout = try whole.withUnsafeBytes { buffer throws in try CatalogueLayout(buffer) }
        let index = try #require(Catalogue.shared.serviceIndex(name))
        var bytes = whole
        let entry = try whole.withUnsafeBytes { buffer throws in try layout.entry(index, buffer) }
        let chance = Chance(seed: 3, stream: name)
        var refused = 0
        for draw in 0..<400 as Range<UInt64> {
            let at = entry.blob.lowerBound + Int(chance.bits(at: draw * 2) % UInt64(entry.blob.count))
            let kept = bytes[at]
            bytes[at] = UInt8(truncatingIfNeeded: chance.bits(at: draw * 2 + 1))
            if decode(bytes, layout, entry) == nil { refused += 1 }
            bytes[at] = kept
        }
        // Most damage shifts what follows, which then ends too early or too late.
        #expect(refused > 100)
        #expect(decode(bytes, layout, entry)?.name == name)
    }

    @Test func aTruncatedServiceIsRefused() throws {
        let layout = try whole.withUnsafeBytes { buffer throws in try CatalogueLayout(buffer) }
        let index = try #require(Catalogue.shared.serviceIndex("sts"))
        let entry = try whole.withUnsafeBytes { buffer throws in try layout.entry(index, buffer) }
        for end in entry.blob {
            let short = CatalogueLayout.Entry(
                name: entry.name, blob: entry.blob.lowerBound..<end, operationCount: entry.operationCount)
            #expect(decode(whole, layout, short) == nil, "\(end - entry.blob.lowerBound) bytes")
        }
    }

    private func decode(_ bytes: [UInt8], _ layout: CatalogueLayout, _ entry: CatalogueLayout.Entry) -> Service? {
        bytes.withUnsafeBytes { buffer in
            var decoder = try? ServiceDecoder(layout, entry, buffer)
            return try? decoder?.service()
        }
    }
}
