// SPDX-License-Identifier: Apache-2.0

/// What becomes of passwords, tokens, keys and codes in the journal, and so in the log, the events and the console.
public enum Secrets: Sendable, Hashable {
    /// `{"$hidden": true}` stands for a member; a header is left out.
    case hidden
    /// They are kept as they came, as somebody asked.
    case shown
}
