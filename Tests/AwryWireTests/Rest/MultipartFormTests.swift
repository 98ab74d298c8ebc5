// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryWire

struct MultipartFormTests {
    private let head = Requests.head("POST /b", ["Content-Type: multipart/form-data; boundary=\"x y\""])

    private func body(_ file: String) -> [UInt8] {
        Array(
            ("--x y\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na/${filename}\r\n--x y\r\n"
                + "content-disposition: form-data; name=\"file\"; filename=\"C:\\d\\\\e \\\"f.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n\(file)\r\n--x y\r\n"
                + "Content-Disposition: form-data; name=\"late\"\r\n\r\n1\r\n--x y--\r\n").utf8)
    }

    @Test func theFileIsASliceOfTheBody() throws {
        for file in ["", "data", "\r\n--x", String(repeating: "\r\n--x ", count: 90_000)] {
            let bytes = body(file)
            let form = try MultipartForm(Blob(bytes), head)
            #expect(form.file.map { String(decoding: $0.bytes, as: UTF8.self) } == file)
            #expect(form.fields == [.init(name: "key", value: "a/${filename}")])
            #expect(form.fileName == "e \"f.txt" && form.fileType == "text/plain")
        }
    }

    @Test func aDelimiterIsFoundAcrossPieces() {
        let delimiter = Array("\r\n--xx".utf8)
        for before in (Blob.pieceBytes - 8)...(Blob.pieceBytes + 2) {
            let bytes = [UInt8](repeating: 0x0D, count: before) + delimiter + [1, 2, 3]
            #expect(MultipartForm.find(delimiter, in: Blob(bytes)) == before)
            #expect(MultipartForm.find(delimiter, in: Blob(bytes.dropLast(5))) == nil)
        }
    }

    @Test func whatIsNoFormIsRefused() {
        for text in ["", "--x", "--x y", "--x y\r\n", "--x y\r\nno\r\n\r\n", "--x y\r\n\r\n\r\nv\r\n--x y--"] {
            #expect(throws: WireError.self) { try MultipartForm(Blob(utf8: text), head) }
        }
        #expect(throws: WireError.self) { try MultipartForm(Blob(body("").dropLast(80)), head) }
    }
}
