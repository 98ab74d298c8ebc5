// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Foundation
import Testing

@Suite struct BodyFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("awry-\(UUID().uuidString)")

    @Test func isReadFromAnyPlace() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("data").path
        let bytes = [UInt8](0..<200)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let file = try #require(BodyFile(path: path))
        #expect(file.size == 200)
        #expect(file.contents() == bytes)
        var piece = [UInt8](repeating: 0, count: 50)
        #expect(piece.withUnsafeMutableBytes { file.read(at: 100, into: $0) } == 50)
        #expect(piece == Array(100..<150))
        #expect(piece.withUnsafeMutableBytes { file.read(at: 180, into: $0) } == 20)
        #expect(piece.withUnsafeMutableBytes { file.read(at: 200, into: $0) } == 0)
        #expect(piece.withUnsafeMutableBytes { file.read(at: -1, into: $0) } == 0)
        // What is open is still there when its name is gone, and may have become shorter.
        try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 10)
        try FileManager.default.removeItem(atPath: path)
        #expect(file.size == 200)
        #expect(file.contents() == Array(bytes[..<10]))
        #expect(BodyFile(path: path) == nil)
        #expect(BodyFile(path: folder.path) == nil)
        #expect(BodyFile(path: "/dev/null") == nil)
    }
}
