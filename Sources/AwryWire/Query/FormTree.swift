// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// A form's parameters by the parts of their names: `Tags.member.1.Key` lies under Tags, member, 1.
///
/// All nodes lie in one array, so that neither depth nor number of parts costs stack. Building is linear in the form's
/// bytes.
struct FormTree {
    /// One place in the tree.
    struct Node {
        var value: String?
        /// The parts below it, by name.
        var children: [String: Int] = [:]
    }

    /// Where the tree begins.
    static let root = 0
    /// How many parts a name may have; the deepest of AWS's inputs has about 20.
    static let depth = 32

    private var nodes: [Node] = [Node()]

    /// The tree of a form; of a parameter given twice the last value holds.
    init(_ form: Form) throws(WireError) {
        for parameter in form.parameters {
            let parts = parameter.name.split(
                separator: ".", maxSplits: Self.depth, omittingEmptySubsequences: false)
            guard parts.count <= Self.depth else {
                throw WireError("MalformedInput", message: "A parameter's name has more than \(Self.depth) parts")
            }
            var place = Self.root
            for part in parts { place = child(String(part), of: place) }
            nodes[place].value = parameter.value
        }
    }

    private mutating func child(_ name: String, of place: Int) -> Int {
        if let index = nodes[place].children[name] { return index }
        let index = nodes.count
        nodes[place].children[name] = index
        nodes.append(Node())
        return index
    }

    subscript(place: Int) -> Node { nodes[place] }

    /// The place below this one, if any parameter reaches there.
    func child(_ name: String, of place: Int) -> Int? {
        nodes[place].children[name]
    }

    /// The places below whose names are numbers, by number. Gaps close: AWS's clients leave none.
    func numbered(_ place: Int) -> [Int] {
        nodes[place].children.compactMap { name, index in UInt32(name).map { (number: $0, index: index) } }
            .sorted { ($0.number, $0.index) < ($1.number, $1.index) }
            .map(\.index)
    }
}
