// SPDX-License-Identifier: Apache-2.0

import AwryDigest
import Testing

struct XXHashTests {
    /// XXH64, XXH3 and XXH128 of the first bytes of the sequence that xxHash's own sanity check hashes, seed 0.
    static let known: [(count: Int, xxh64: String, xxh3: String, xxh128: String)] = [
        (0, "ef46db3751d8e999", "2d06800538d394c2", "99aa06d3014798d86001c324468d497f"),
        (1, "e934a84adb052768", "c44bdff4074eecdb", "a6cd5e9392000f6ac44bdff4074eecdb"),
        (3, "ff7e1959cb50794a", "54247382a8d6b94d", "20efc49ff02422ea54247382a8d6b94d"),
        (4, "9136a0dca57457ee", "e5dc74bc51848a51", "970d585ac632bf8e2e7d8d6876a39fe9"),
        (6, "c72565b7154268a8", "27b56a84cd2d7325", "082afe0b8162d12a3e7039bdda43cfc6"),
        (8, "cdbcf538e71d1348", "24ccc9acaa9f65e4", "47a7f080d82bb45664c69cab4bb21dc5"),
        (9, "554b1ae991eda6b6", "14d5001c15dd3f2b", "564ef6078950d457ed7ccbc501eb7501"),
        (12, "0723bf50086ead9a", "a713daf0dfbb77e7", "6e3efd8fc7802b18061a192713f69ad9"),
        (14, "8282dcc4994e35c8", "1ac0bbda2b9fcf03", "b2623398aa0bda1e352b80797cda6247"),
        (16, "98c90b57fdfcb55c", "981b17d36c7498c9", "c68c368ecf8a9c05562980258a998629"),
        (17, "0d39a2d051a30c2c", "796f5acd3a60f862", "955fa78643ed3669abbc12d11973d7db"),
        (24, "f75a6dea42dc5bf4", "a3fe70bf9d3510eb", "0ce966e4678d37611e7044d28b1b901d"),
        (32, "18b216492bb44b70", "9feaddbdbf57eed3", "98fc6458710dc2e8278410a17595e3f9"),
        (33, "55c8dc3e578f5b59", "abfb2d081b400a10", "3103c192ceaa2dede593bc4e5914c9d1"),
        (48, "fd0feeac7a939933", "397da259ecba1f11", "a002ac4e5478227ef942219aed80f67b"),
        (64, "ef558f8acac2b5cd", "9cb48487720ec49d", "6d90e81a9b0fd622efdb6a44690721a9"),
        (65, "de0f20dc2631af7a", "fd81aac4bebc3883", "6c074d65e54db85afe2f650fa500ec6e"),
        (80, "99bd5d25eb211099", "bcdefbbb2c47c90a", "fdf2cefde9eaac8a454ae6bf7a8a532d"),
        (96, "105064e743edd1d9", "935a769a7f94776f", "d9d0b885f56c93f1e9324473ea9afebe"),
        (97, "097b16e4e9b0a2e3", "ca4ca268fd3c3a6c", "09dff37faa6b284c7c87228ae9671ba7"),
        (128, "90ca021457d96dc5", "fcff24126754d861", "39992220e045260aebb15e34a7fb5ab1"),
        (129, "41c280132d697aba", "98f1b0a679a2ca29", "03815fc91f1b30b686c9e3bc8f0a3b5c"),
        (159, "5e02efaf7acdf19c", "7cb32a6ecdebaf1c", "37562ea4ac14c650996ed46536cc0ef5"),
        (160, "5b11efe8de350a3b", "9d03a319ed4cbd2b", "ba5d218964b622ad737126c8d7c09cee"),
        (195, "52b73ecdb3ef30e4", "cd94217ee362ec3a", "7729543a26b207ee3fb593c086a66075"),
        (222, "b641ae8cb691c174", "b9163b558664d356", "337e09641b948717f1aebd597cec6b3a"),
        (240, "b81838d483baee53", "81c3c2b67f568ccf", "aa4202daa2769dc85c9aae94c8ebe5a0"),
        (241, "95d76c8b4d8fc4d6", "c5a639ecd2030e5e", "99a80ecf0ecfc647c5a639ecd2030e5e"),
        (256, "5e3f5bf94d574981", "55de574ad89d0ac5", "8b1c66091423d28855de574ad89d0ac5"),
        (320, "e770cc78cd4c49d4", "75620d350ff5c694", "2c6021659f44e8d375620d350ff5c694"),
        (403, "d99858fee82283df", "cdeb804d65c6dea4", "1b6de21e332dd73dcdeb804d65c6dea4"),
        (512, "4358d2fdd62b58a7", "617e49599013cb6b", "18d2d110dcc9bca1617e49599013cb6b"),
        (1024, "4775bf7cace4d177", "dd85c9b5c1109c5c", "0d30d24071c64c57dd85c9b5c1109c5c"),
        (1025, "847fa6006d7c2ac0", "d870c0fa13211c6a", "fd3ee4fe7f2954c6d870c0fa13211c6a"),
        (1088, "fd460a306f72cb1b", "cc1450ea6b52a8f4", "e0fa3b9e9fb69d83cc1450ea6b52a8f4"),
        (2048, "5940f2752bc04387", "dd59e2c3a5f038e0", "f736557fd47073a5dd59e2c3a5f038e0"),
        (2099, "3301c88334afd200", "c6b9d9b3fc9ac765", "ad48ae0a0951dc52c6b9d9b3fc9ac765"),
        (2240, "a4edb3c85b99b1d9", "6e73a90539cf2948", "ccb134fbfa7ce49d6e73a90539cf2948"),
        (2367, "a82418ddec0ea581", "cb37aeb9e5d361ed", "e89c0f6ff369b427cb37aeb9e5d361ed"),
        (5000, "35e5d154ea61c27b", "1c246c7bfe003a78", "3d26bfdbe2ad891e1c246c7bfe003a78"),
    ]

    /// The bytes of that sequence (xxHash, `cli/xsum_sanity_check.c`).
    static let bytes: [UInt8] = {
        var state: UInt64 = 2_654_435_761
        return (0..<5000).map { _ in
            defer { state = state &* 11_400_714_785_074_694_797 }
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }()

    @Test(arguments: known)
    func checkValues(_ known: (count: Int, xxh64: String, xxh3: String, xxh128: String)) {
        let bytes = Self.bytes[..<known.count]
        #expect(Hex.text(Checksum.of(bytes, .xxhash64)) == known.xxh64)
        #expect(Hex.text(Checksum.of(bytes, .xxhash3)) == known.xxh3)
        #expect(Hex.text(Checksum.of(bytes, .xxhash128)) == known.xxh128)
    }

    /// Pieces of any length, also around those at which the way of hashing changes.
    @Test(arguments: [ChecksumAlgorithm.xxhash64, .xxhash3, .xxhash128])
    func piecesDoNotMatter(_ algorithm: ChecksumAlgorithm) {
        for count in [200, 240, 241, 320, 1024, 1025, 2112] {
            let bytes = Self.bytes[..<count]
            let whole = Checksum.of(bytes, algorithm)
            for piece in [1, 7, 31, 63, 64, 65, 128, 239, 240, 241, 1000] {
                var checksum = Checksum(algorithm)
                for start in stride(from: 0, to: count, by: piece) {
                    checksum.update(bytes[start..<min(start + piece, count)])
                }
                #expect(checksum.finish() == whole, "\(count) bytes by \(piece)")
            }
        }
    }
}
