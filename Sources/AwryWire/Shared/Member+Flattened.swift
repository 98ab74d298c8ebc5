// SPDX-License-Identifier: Apache-2.0

import AwryModel

extension Member {
    /// Whether the entries of its list or map stand without an element around them: it says so, or its shape does
    /// (Smithy, "xmlFlattened trait").
    func isFlattened(_ shape: Shape) -> Bool {
        flags.contains(.flattened) || shape.traits.flags.contains(.flattened)
    }
}
