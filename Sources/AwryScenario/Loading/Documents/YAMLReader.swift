// SPDX-License-Identifier: Apache-2.0

/// Composes libyaml's events into nodes: anchors, merge keys, duplicate keys, tags, bounds.
///
/// A bomb of aliases is refused by counting: an anchor remembers how many nodes it stands for and how deep they are,
/// and each use adds these to the document's own.
struct YAMLReader {
    private struct Anchor {
        let node: Node
        let weight: Int
        let height: Int
    }

    private let file: String
    private let report: Report
    private var anchors: [String: Anchor] = [:]
    /// Anchors whose node is not complete yet: an alias to one of them would contain itself.
    private var open: Set<String> = []
    private var weight = 0

    private init(file: String, report: Report) {
        self.file = file
        self.report = report
    }

    /// The documents of a UTF-8 text that hold anything; mistakes go to the report. What was complete before a mistake
    /// of syntax is given nevertheless, so that its own mistakes are told too.
    static func read(_ bytes: [UInt8], file: String, report: Report) -> [Node] {
        var documents: [Node] = []
        bytes.withUnsafeBufferPointer { buffer in
            guard let events = YAMLEvents(buffer) else { return }
            do {
                while true {
                    let event = try events.next()
                    if case .streamEnd = event.kind { return }
                    guard case .documentStart = event.kind else { continue }
                    var reader = YAMLReader(file: file, report: report)
                    let root = try events.next()
                    let node = try reader.compose(root, events, depth: 0).node
                    if !node.isNull { documents.append(node) }
                }
            } catch let problem as YAMLProblem {
                let (location, message) = YAMLWords.explain(problem, bytes: bytes, file: file)
                report.mistake(location, message)
            } catch {
                // Unreadable: told already.
            }
        }
        return documents
    }

    private mutating func compose(
        _ event: YAMLEvent, _ events: borrowing YAMLEvents, depth: Int
    ) throws -> (node: Node, height: Int) {
        let location = place(event)
        guard depth <= DocumentLimits.depth else {
            throw stop(location, "nested deeper than \(DocumentLimits.depth)")
        }
        if case .alias(let name) = event.kind { return try expand(name, location, depth: depth) }
        let before = weight
        try count(1, location)
        if let anchor = event.anchor { open.insert(anchor) }
        let node: Node
        var height = 1
        switch event.kind {
        case .scalar(let text, let isPlain):
            node = Node(content: .scalar(scalar(text, isPlain, event.tag, location)), location: location)
        case .sequenceStart:
            checkTag(event.tag, wanted: "seq", location)
            var elements: [Node] = []
            while true {
                let next = try events.next()
                if case .sequenceEnd = next.kind { break }
                let element = try compose(next, events, depth: depth + 1)
                elements.append(element.node)
                height = max(height, element.height + 1)
            }
            node = Node(content: .sequence(elements), location: location)
        case .mappingStart:
            checkTag(event.tag, wanted: "map", location)
            let entries: [Node.Entry]
            (entries, height) = try mapping(events, depth: depth)
            node = Node(content: .mapping(entries), location: location)
        default:
            throw stop(location, "expected a value")
        }
        if let anchor = event.anchor {
            open.remove(anchor)
            anchors[anchor] = Anchor(node: node, weight: weight - before, height: height)
        }
        return (node, height)
    }

    private mutating func mapping(
        _ events: borrowing YAMLEvents, depth: Int
    ) throws -> (entries: [Node.Entry], height: Int) {
        var entries: [Node.Entry] = []
        var lines: [String: Int] = [:]
        var merges: [Node] = []
        var height = 1
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            let key = try compose(event, events, depth: depth + 1).node
            let value = try compose(try events.next(), events, depth: depth + 1)
            height = max(height, value.height + 1)
            guard let scalar = key.scalar else {
                report.mistake(key.location, "a key must be a text, found \(key.kindName)")
                continue
            }
            if scalar.isPlain, scalar.text == "<<" {
                merges.append(value.node)
            } else if let line = lines[scalar.text] {
                report.mistake(key.location, "`\(scalar.text)` is given twice; the first is on line \(line)")
            } else {
                lines[scalar.text] = key.location.line
                entries.append(Node.Entry(key: scalar.text, keyLocation: key.location, value: value.node))
            }
        }
        try merge(merges, into: &entries, lines: &lines)
        return (entries, height)
    }

    /// Merge keys, as YAML 1.1 had them and its users still expect: what the mapping itself says wins, then the
    /// earlier of several merged mappings.
    private mutating func merge(
        _ merges: [Node], into entries: inout [Node.Entry], lines: inout [String: Int]
    ) throws {
        for source in merges {
            for mapping in source.elements ?? [source] {
                guard let merged = mapping.entries else {
                    report.mistake(
                        source.location, "`<<` merges a mapping or a list of mappings, found \(mapping.kindName)")
                    continue
                }
                try count(merged.count, source.location)
                for entry in merged where lines[entry.key] == nil {
                    lines[entry.key] = entry.keyLocation.line
                    entries.append(entry)
                }
            }
        }
    }

    private mutating func expand(
        _ name: String, _ location: SourceLocation, depth: Int
    ) throws -> (node: Node, height: Int) {
        if open.contains(name) { throw stop(location, "`*\(name)` stands inside `&\(name)`, and would contain itself") }
        guard let anchor = anchors[name] else {
            throw stop(
                location, "nothing above is called `&\(name)`\(Words.question(for: name, among: anchors.keys.sorted()))"
            )
        }
        guard depth + anchor.height <= DocumentLimits.depth else {
            throw stop(location, "nested deeper than \(DocumentLimits.depth)")
        }
        try count(anchor.weight, location)
        return (anchor.node, anchor.height)
    }

    private mutating func count(_ nodes: Int, _ location: SourceLocation) throws {
        weight += nodes
        guard weight <= DocumentLimits.nodes else {
            throw stop(location, "more than \(DocumentLimits.nodes) values, aliases counted as often as they are used")
        }
    }

    private func scalar(_ text: String, _ isPlain: Bool, _ tag: String?, _ location: SourceLocation) -> Node.Scalar {
        guard let tag, tag != "!" else { return Node.Scalar(text: text, isPlain: isPlain && tag == nil) }
        // libyaml calls a scalar with a tag plain as well.
        switch tag {
        case "tag:yaml.org,2002:str": return Node.Scalar(text: text, isPlain: false)
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            return Node.Scalar(text: text, isPlain: true)
        case "tag:yaml.org,2002:binary":
            report.mistake(location, "the tag `!!binary` is not supported; write { $base64: … }")
        default:
            refuse(tag, location)
        }
        return Node.Scalar(text: text, isPlain: isPlain)
    }

    private func checkTag(_ tag: String?, wanted: String, _ location: SourceLocation) {
        if let tag, tag != "!", tag != "tag:yaml.org,2002:" + wanted { refuse(tag, location) }
    }

    private func refuse(_ tag: String, _ location: SourceLocation) {
        let core = "tag:yaml.org,2002:"
        let written = tag.hasPrefix(core) ? "!!" + tag.dropFirst(core.count) : tag
        report.mistake(location, "the tag \(Node.Scalar.shown(written)) means nothing here")
    }

    private func stop(_ location: SourceLocation, _ message: String) -> Unreadable {
        report.mistake(location, message)
        return Unreadable()
    }

    private func place(_ event: YAMLEvent) -> SourceLocation {
        SourceLocation(file: file, line: event.line + 1, column: event.column + 1)
    }
}
