// SPDX-License-Identifier: Apache-2.0

/// The command line.
struct Options {
    var target: any FuzzTarget.Type
    var seconds = 10
    var seed: UInt64 = 1
    var corpus: String
    var crashes = "."
    var replayed: [String] = []
    /// The trace's file, in the child process.
    var worker: String?

    /// Nil if the arguments make no sense.
    init?(_ arguments: [String]) {
        guard arguments.count > 1, let target = Fuzz.targets.first(where: { $0.name == arguments[1] }) else {
            return nil
        }
        self.target = target
        corpus = "Tests/Fuzz/corpus/\(target.name)"
        var rest = arguments.dropFirst(2)
        while let option = rest.popFirst() {
            if option == "--replay" {
                replayed = Array(rest)
                return
            }
            guard let value = rest.popFirst() else { return nil }
            switch option {
            case "--seconds": seconds = Int(value) ?? seconds
            case "--seed": seed = UInt64(value) ?? seed
            case "--corpus": corpus = value
            case "--crashes": crashes = value
            case "--worker": worker = value
            default: return nil
            }
        }
    }
}
