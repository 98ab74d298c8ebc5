// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Writes structures in one notation, by the model: what the events of a stream are made with.
protocol StructureWriter {
    /// Appends the structure that these fields are.
    func structure(_ fields: Fields, _ shape: Shape, into out: inout [UInt8]) throws(ShapeMismatch)
}
