// SPDX-License-Identifier: Apache-2.0

import CPCRE2

/// A regular expression that cannot run away: PCRE2, with its steps and memory bounded.
///
/// Swift's own `Regex` has no bound on backtracking, and both scenario files and the service models' patterns meet text
/// from outside. PCRE2 reads the dialect in which AWS writes its patterns.
public final class Regex: Sendable {
    /// A pattern that does not compile.
    public struct Mistake: Error, Sendable {
        /// PCRE2's words for it.
        public let message: String
        /// Where in the pattern's UTF-8, in bytes from 0.
        public let offset: Int
    }

    /// The pattern as written.
    public let pattern: String
    // Compiled code is read-only after pcre2_compile and may be shared by threads (pcre2api, "MULTITHREADING");
    // the pointer is set once, here, and freed once, in deinit.
    private nonisolated(unsafe) let code: OpaquePointer

    /// How many steps one match may take before it counts as no match.
    static let stepLimit: UInt32 = 200_000

    /// Compiles a pattern. `anchored` asks that the whole text match, as AWS's own checks do.
    public init(_ pattern: String, anchored: Bool = false) throws(Mistake) {
        var error: Int32 = 0
        var offset = 0
        var options = PCRE2_UTF | PCRE2_UCP
        if anchored { options |= UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_ENDANCHORED) }
        var text = pattern
        let compiled = text.withUTF8 { bytes in
            pcre2_compile_8(bytes.baseAddress, bytes.count, options, &error, &offset, nil)
        }
        guard let compiled else { throw Mistake(message: Regex.message(of: error), offset: offset) }
        self.pattern = pattern
        self.code = compiled
    }

    deinit {
        pcre2_code_free_8(code)
    }

    /// Whether the text matches: anywhere, or whole if anchored. False where the step limit was met.
    public func matches(_ text: String) -> Bool {
        guard let context = pcre2_match_context_create_8(nil) else { return false }
        defer { pcre2_match_context_free_8(context) }
        pcre2_set_match_limit_8(context, Regex.stepLimit)
        pcre2_set_heap_limit_8(context, 16 * 1024)
        guard let data = pcre2_match_data_create_8(1, nil) else { return false }
        defer { pcre2_match_data_free_8(data) }
        var text = text
        return text.withUTF8 { bytes in
            pcre2_match_8(code, bytes.baseAddress, bytes.count, 0, UInt32(PCRE2_NO_UTF_CHECK), data, context) >= 0
        }
    }

    private static func message(of error: Int32) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
            let length = pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)
            guard length > 0 else { return "error \(error)" }
            return String(decoding: buffer[..<Int(length)], as: UTF8.self)
        }
    }
}
