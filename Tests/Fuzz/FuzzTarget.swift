// SPDX-License-Identifier: Apache-2.0

/// One parser under fuzz. To add another: a file in `Targets` with a type that conforms, its name in `Fuzz.targets`,
/// and a folder of a few good inputs in `corpus`.
protocol FuzzTarget: Sendable {
    /// The name on the command line and of the corpus folder.
    static var name: String { get }
    /// Pieces of text that the format gives a meaning to.
    static var dictionary: [String] { get }
    /// Runs the parser on an input and checks what must hold of every input. Gives a number that tells different
    /// kinds of behaviour apart (which error, how many parts): inputs that show a new kind are kept and mutated
    /// further.
    static func run(_ bytes: [UInt8]) throws(Violation) -> UInt64
}

/// What must hold did not.
struct Violation: Error {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}

/// A number for a kind of behaviour, from its description (FNV-1a).
func kind(_ description: String) -> UInt64 {
    description.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
