// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A success that turns out to be an error: S3 sends the head and the XML declaration, then white space while it copies
/// or assembles, and then the error's document.
///
/// From the Amazon S3 API Reference, CompleteMultipartUpload and CopyObject ("200 OK response can contain either a
/// success or an error").
enum LateError {
    /// As many line feeds as S3 sends while it works; it says only that there are some.
    private static let keepAlive = [UInt8](repeating: UInt8(ascii: "\n"), count: 16)

    /// The answer, made of the error's own.
    static func rendered(_ error: Rendered, status: Int) -> Rendered {
        var answer = error
        answer.status = status
        // The length was not known when the head went out.
        answer.headers.append(Header("Transfer-Encoding", "chunked"))
        let start = declarationLength(answer.body)
        answer.body.insert(contentsOf: keepAlive, at: start)
        return answer
    }

    /// How far the XML declaration reaches: white space must not stand before it (XML 1.0, 2.8).
    private static func declarationLength(_ body: [UInt8]) -> Int {
        guard body.starts(with: "<?xml".utf8), let end = body.firstIndex(of: UInt8(ascii: ">")) else { return 0 }
        return end + 1
    }
}
