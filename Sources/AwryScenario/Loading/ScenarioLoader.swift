// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// Reads scenarios from files or texts, checks them whole, and says everything that is wrong at once.
public struct ScenarioLoader: Sendable {
    /// What was loaded, in the order in which rules are asked.
    public struct Loaded: Sendable {
        /// The scenarios: files in the order given, those of a folder by byte order of their relative paths.
        public var scenarios: [Scenario]
        /// What is doubtful, in the order of the files and lines.
        public var warnings: [Diagnostic]
    }

    private let catalogue: Catalogue
    private let isFaked: @Sendable (Service, Operation) -> Bool

    /// A loader that checks against this catalogue. `isFaked` says which operations `setup` may call.
    public init(
        catalogue: Catalogue = .shared, isFaked: @escaping @Sendable (Service, Operation) -> Bool = { _, _ in false }
    ) {
        self.catalogue = catalogue
        self.isFaked = isFaked
    }

    /// Loads files, and every `*.yaml`, `*.yml` and `*.json` below folders. Reads nothing else but what `$file` names.
    public func load(paths: [String]) throws(LoadFailure) -> Loaded {
        let report = Report()
        var texts: [SourceText] = []
        var names: [String] = []
        for path in paths {
            for file in ScenarioFiles.files(at: path, report: report) where !names.contains(file) {
                names.append(file)
                do {
                    let bytes = try FileAccess.read(file, limit: DocumentLimits.bytes)
                    texts.append(SourceText(name: file, bytes: bytes, folder: ScenarioFiles.folder(of: file)))
                } catch {
                    report.mistake(SourceLocation(file: file, line: 1, column: 1), error.message)
                }
            }
        }
        return try load(texts, report: report, files: paths + names)
    }

    /// The files that a path means: itself, or those of a folder that would be loaded; none where it cannot be read.
    public static func files(at path: String) -> [String] {
        ScenarioFiles.files(at: path, report: Report())
    }

    /// Loads texts, without touching a file unless one of them has a folder. They must not contradict `active`, the
    /// scenarios beside which they will be loaded; one whose name a text has is replaced, and does not count.
    public func load(_ texts: [SourceText], beside active: [Scenario] = []) throws(LoadFailure) -> Loaded {
        try load(texts, report: Report(), files: texts.map(\.name), beside: active)
    }

    /// The rules of a text: one rule, a list of rules, or a mapping with `rules`. For rules that are added while the
    /// server runs; those without an id are called `prefix#n`, n from `first`.
    public func rules(_ text: SourceText, idPrefix: String, first: Int = 1) throws(LoadFailure) -> (
        rules: [Rule], warnings: [Diagnostic]
    ) {
        try decode(text) { decoder, node in
            var list = node
            if let rules = node.value("rules"), node.entries?.count == 1 { list = rules }
            if list.elements == nil { list = Node(content: .sequence([list]), location: list.location) }
            return decoder.rules(list, idPrefix: idPrefix, first: first)
        }
    }

    /// The expectations of a text: a list, one of them, or a mapping with `expect`.
    public func expectations(_ text: SourceText) throws(LoadFailure) -> (
        expectations: [Expectation], warnings: [Diagnostic]
    ) {
        try decode(text) { decoder, node in
            var list = node
            if let expect = node.value("expect"), node.entries?.count == 1 { list = expect }
            if list.elements == nil { list = Node(content: .sequence([list]), location: list.location) }
            return decoder.expectations(list)
        }
    }

    private func load(
        _ texts: [SourceText], report: Report, files: [String], beside active: [Scenario] = []
    ) throws(LoadFailure) -> Loaded {
        var scenarios: [Scenario] = []
        for text in texts {
            // A report of its own for each file: bounds and broken syntax of one do not hide another's mistakes.
            let own = Report()
            for document in DocumentReader.documents(of: text, report: own) {
                let decoder = ScenarioDecoder(catalogue: catalogue, source: text, report: own, isFaked: isFaked)
                if let scenario = decoder.scenario(document) { scenarios.append(scenario) }
            }
            own.diagnostics.forEach(report.add)
        }
        ScenarioChecks.check(scenarios, beside: active, report)
        let sorted = report.sorted(files: files)
        guard !report.hasMistakes else { throw LoadFailure(sorted) }
        return Loaded(scenarios: scenarios, warnings: sorted)
    }

    private func decode<Result>(
        _ text: SourceText, _ body: (ScenarioDecoder, Node) -> [Result]
    ) throws(LoadFailure) -> ([Result], [Diagnostic]) {
        let report = Report()
        let decoder = ScenarioDecoder(catalogue: catalogue, source: text, report: report, isFaked: isFaked)
        let results = DocumentReader.documents(of: text, report: report).flatMap { body(decoder, $0) }
        let sorted = report.sorted(files: [text.name])
        guard !report.hasMistakes else { throw LoadFailure(sorted) }
        return (results, sorted)
    }
}
