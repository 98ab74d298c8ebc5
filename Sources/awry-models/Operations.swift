// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryModel
import Foundation

/// Writes the protocol of a service's operations that its fake fulfils, from the catalogue that is built in.
struct Operations: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the protocol of a service's operations: SQSOperations.swift, for `sqs SQS`.")

    @Argument(help: "botocore's name of the service.")
    var service: String

    @Argument(help: "How the service is called in Swift: SQS makes SQSOperations.")
    var type: String

    @Option(help: "What finds an operation by its name; a type that fakes two services needs two.")
    var function = "handler"

    @Option(help: "The file to write.")
    var output: String

    func run() throws {
        guard let found = Catalogue.shared.service(service) else { throw ModelMistake("no service \(service)") }
        let text = Self.text(of: found.operations.map(\.name).sorted(), type: type, function: function)
        try Data(text.utf8).write(to: URL(fileURLWithPath: output))
    }

    /// The file's text.
    static func text(of operations: [String], type: String, function: String) -> String {
        let properties = operations.map { "\($0.prefix(1).lowercased())\($0.dropFirst())" }
        var lines = [
            "// SPDX-License-Identifier: Apache-2.0",
            "// GENERATED from the catalogue, and compared with it by AwryServicesTests: change nothing here.", "",
            "/// \(type)'s operations. Each has a property, nil where the operation is not faked; its file supplies "
                + "it.",
            "protocol \(type)Operations: FakeService {",
        ]
        lines += properties.map { "    static var \($0): Handler? { get }" }
        lines += ["}", "", "extension \(type)Operations {"]
        lines += properties.map { "    static var \($0): Handler? { nil }" }
        lines += ["", "    static func \(function)(_ operation: String) -> Handler? {", "        switch operation {"]
        lines += zip(operations, properties).map { "        case \"\($0)\": \($1)" }
        lines += ["        default: nil", "        }", "    }", "}", ""]
        return lines.joined(separator: "\n")
    }
}
