// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A value of ours (a fake's output, a rule's) that does not fit the model: a mistake on this side of the wire.
struct ShapeMismatch: Error {
    /// What is wrong: "expected a blob, found an integer".
    let message: String
    /// The names that lead to it, innermost first.
    private(set) var path: [String] = []

    init(_ message: String) {
        self.message = message
    }

    /// The same, seen from the value that holds it under this name.
    func below(_ name: String) -> ShapeMismatch {
        var outer = self
        outer.path.append(name)
        return outer
    }

    /// What the client gets: nothing a client did caused it, and the message names the member.
    var wireError: WireError {
        let place = path.isEmpty ? "" : " at `\(path.reversed().joined(separator: "."))`"
        return WireError(
            "InternalFailure", status: 500, message: "awry: the output does not fit the model\(place): \(message)")
    }
}
