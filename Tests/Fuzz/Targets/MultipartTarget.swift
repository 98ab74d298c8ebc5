// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryServices
import AwryWire

/// Browsers' uploads, and the policies in them.
enum MultipartTarget: FuzzTarget {
    static let name = "multipart"
    static let dictionary = [
        "--x", "\r\n", "--", "Content-Disposition: form-data; name=\"", "; filename=\"", "\"", "file", "key", "policy",
        "${filename}", "\r\n\r\n", "--x--\r\n",
    ]
    private static let head: RequestHead = {
        let bytes = Array("POST /b HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n".utf8)
        let field = RequestHead.Field(name: 18..<30, value: 32..<63)
        return RequestHead(bytes: bytes, methodRange: 0..<4, targetRange: 5..<7, minorVersion: 1, fields: [field])
    }()

    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64 {
        do throws(WireError) {
            let form = try MultipartForm(Blob(bytes), head)
            if let file = form.file, file.count > bytes.count { throw WireError("too much") }
            let early = try MultipartForm(fieldsOf: bytes[...], head)
            if early.fields != form.fields { throw WireError("fields differ") }
            if let policy = form.value("policy") {
                let fields = form.fields.map { (name: $0.name.lowercased(), value: $0.value) }
                try PostPolicy(base64: policy).judge(
                    fields, bucket: "b", size: form.file?.count ?? 0, now: Timestamp(seconds: 1_772_366_400))
            }
            return kind("\(min(form.fields.count, 5)) \(form.file == nil)")
        } catch {
            if error.status == 400, ["too much", "fields differ"].contains(error.code) {
                throw Violation("the form: \(error.code)")
            }
            return kind("\(error.code) \((error.message ?? "").prefix(40))")
        }
    }
}
