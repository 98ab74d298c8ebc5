// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryScenario

extension Answered {
    /// How long the answer asks its client to wait, whoever put that in; nil where it does not. A date in `Retry-After`
    /// (RFC 9110, 10.2.3) counts from `moment`, the sandbox's time.
    func askedWait(at moment: Timestamp) -> JournalEntry.AskedWait? {
        guard case .message(let message) = content else { return nil }
        var asked = JournalEntry.AskedWait()
        // Most headers are passed over by their length, and lent by a span: this is on every answer's way.
        let headers = message.headers.span
        for index in headers.indices {
            let length = headers[index].name.utf8.count
            if length == 17, headers[index].name.lowercased() == "x-amz-retry-after" {
                asked.milliseconds = Int64(headers[index].value).flatMap { $0 < 0 ? nil : $0 }
            } else if length == 11, headers[index].name.utf8.last == UInt8(ascii: "r"),
                headers[index].name.lowercased() == "retry-after"
            {
                asked.seconds = Self.seconds(headers[index].value, from: moment)
            }
        }
        return asked.milliseconds == nil && asked.seconds == nil ? nil : asked
    }

    private static func seconds(_ text: String, from moment: Timestamp) -> Int64? {
        if let seconds = Int64(text) { return seconds < 0 ? nil : seconds }
        guard let date = TimeFormats.parseRFC822(text) else { return nil }
        return max(0, (date - moment).components.seconds)
    }
}
