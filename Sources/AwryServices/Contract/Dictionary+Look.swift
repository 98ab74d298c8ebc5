// SPDX-License-Identifier: Apache-2.0

extension Dictionary {
    /// Looks at a part of a value where it lies. Read through `values`, all of the value would be copied: every
    /// reference in it counted, twice.
    mutating func look<Part>(at index: Index, _ part: (inout Value) -> Part) -> Part { part(&values[index]) }
}
