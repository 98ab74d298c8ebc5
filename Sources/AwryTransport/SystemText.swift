// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The system's words for its error numbers.
enum SystemText {
    static func of(_ number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        // The XSI form fills the buffer; the GNU form, which Swift does not see, would not.
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        let end = buffer.firstIndex(of: 0) ?? buffer.endIndex
        return String(decoding: buffer[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
