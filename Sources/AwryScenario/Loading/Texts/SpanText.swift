// SPDX-License-Identifier: Apache-2.0

/// Spans of time as people write them, for what is not a scenario: options, the control interface.
public enum SpanText {
    /// `200ms`, `5s`, `2m`; a plain number is seconds. Nil where the text is none.
    public static func parse(_ text: String) -> Duration? {
        try? DurationText.parseSeconds(text)
    }
}
