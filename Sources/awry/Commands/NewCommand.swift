// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryModel
import Glibc

/// `awry new`: a scenario to start from.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a starting scenario: one operation that fails in one way.",
        discussion: "The error may be a code, `throttle`, or a status: awry new s3.GetObject 404")

    @Argument(help: "The operation that fails: kinesis.PutRecord.")
    var target: String

    @Argument(help: "The error: a code, a status, or `throttle`.")
    var error: String

    @Option(name: [.short, .long], help: "The file to write. (default: standard output)")
    var output: String?

    func run() throws {
        try refusing {
            let (service, operation) = try ModelNames.target(target)
            let text = try StartingScenario(service: service, operation: operation, error: error).text
            if let output {
                guard try SmallFile.write(Array(text.utf8), to: output, mode: 0o644, isFirst: true) else {
                    throw Refusal("\(output): exists already")
                }
                Terminal.out("\(output)\n")
            } else {
                Terminal.out(text)
            }
        }
    }
}

/// The text of a scenario in which one operation fails in one way.
struct StartingScenario {
    let service: Service
    let operation: AwryModel.Operation
    /// What stands after `error:`.
    private let written: String
    private let known: KnownError

    /// Refuses an error that nothing knows, and a status that may mean several.
    init(service: Service, operation: AwryModel.Operation, error: String) throws(Refusal) {
        self.service = service
        self.operation = operation
        if error == "throttle" {
            known = ErrorDirectory.throttle(operation: operation, service: service)
            written = error
        } else if let status = Int(error) {
            known = try Self.usual(status, operation, service)
            written = known.shape
        } else if let found = ErrorDirectory.resolve(error, operation: operation, service: service) {
            known = found
            written = error
        } else {
            let near = ErrorDirectory.nearest(error, operation: operation, service: service)
            let place = "\(service.name).\(operation.name)"
            throw Refusal(
                "\(error): no such error of \(place)" + ModelNames.suggestion(for: error, among: near)
                    + "`awry errors \(place)` lists them")
        }
    }

    private static func usual(
        _ status: Int, _ operation: AwryModel.Operation, _ service: Service
    ) throws(Refusal) -> KnownError {
        let place = "\(service.name).\(operation.name)"
        switch ErrorDirectory.resolve(status: status, operation: operation, service: service) {
        case .one(let error): return error
        case .several(let errors):
            throw Refusal(
                "\(status): several errors of \(place) have this status; name one of "
                    + errors.map(\.shape).joined(separator: ", "))
        case .none:
            throw Refusal("\(status): no error of \(place) has this status; `awry errors \(place)` lists them")
        }
    }

    /// The scenario as YAML.
    var text: String {
        let place = "\(service.name).\(operation.name)"
        let isRetried = known.retry != .no
        let times = isRetried ? "twice" : "once"
        var text = """
            # \(known.code), status \(known.status): \
            \(isRetried ? "the SDKs try again." : "the SDKs do not try again.")
            # Usual message: \(known.message)

            """
        if !known.memberNames.isEmpty {
            text += "# To say more: error: { code: \(written), message: …, fields: { \(known.memberNames[0]): … } }\n"
        }
        text += """
            scenario: \(name)
            description: \(operation.name) fails \(times) with \(known.code), then goes on.
            rules:
              - match: \(place)
                times: \(isRetried ? 2 : 1)
                error: \(written)

            """
        if known.retry == .throttle { text += "    retryAfter: 1\n" }
        text += """
            expect:
              - match: \(place)
                count: \(isRetried ? 3 : 1)

            """
        return text
    }

    /// `kinesis-put-record-limit-exceeded`.
    private var name: String {
        var words = Self.words(operation.name) + Self.words(known.shape)
        if words.count > 1, words.last == "exception" { words.removeLast() }
        return ([service.name] + words).joined(separator: "-")
    }

    /// `PutRecord` gives put, record.
    private static func words(_ name: String) -> [String] {
        var words: [String] = [""]
        var before: Character = " "
        for letter in name {
            if !letter.isLetter && !letter.isNumber || letter.isUppercase && !before.isUppercase { words.append("") }
            if letter.isLetter || letter.isNumber { words[words.count - 1] += letter.lowercased() }
            before = letter
        }
        return words.filter { !$0.isEmpty }
    }
}
