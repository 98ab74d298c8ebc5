// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryModel

/// `awry services`: which services and operations are faked, which can be scripted.
struct ServicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services",
        abstract: "The catalogue: which services and operations are faked, which can be scripted.",
        discussion: """
            Every operation can be scripted. One that is faked also does its work when no rule decides; any other \
            answers with a stub then.
            """)

    @Argument(help: "A service, to list its operations.")
    var service: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try refusing {
            let report = ServicesReport(isFaked: Fakes.knows)
            if let service {
                let service = try ModelNames.service(service)
                Terminal.out(json ? Self.text(report.value(service)) : report.text(service))
            } else {
                Terminal.out(json ? Self.text(report.values(.shared)) : report.text(.shared))
            }
        }
    }

    private static func text(_ value: Value) -> String { JSON.text(value, pretty: true) + "\n" }
}

/// The catalogue as the terminal and other programs see it.
struct ServicesReport {
    /// Whether an operation has a fake.
    let isFaked: @Sendable (Service, AwryModel.Operation) -> Bool

    private struct Line {
        let name: String
        let title: String
        let operations: Int
        let faked: Int
    }

    private func lines(_ catalogue: Catalogue) -> [Line] {
        (0..<catalogue.serviceCount).compactMap { index in
            guard let service = catalogue.service(at: index) else { return nil }
            return Line(
                name: service.name, title: service.metadata.serviceID, operations: service.operations.count,
                faked: service.operations.count { isFaked(service, $0) })
        }
    }

    /// Every service with its counts.
    func text(_ catalogue: Catalogue) -> String {
        let lines = lines(catalogue)
        let rows = lines.map { [$0.name, String($0.operations), String($0.faked), $0.title] }
        let operations = lines.reduce(0) { $0 + $1.operations }
        let faked = lines.reduce(0) { $0 + $1.faked }
        return Columns.text(["SERVICE", "SCRIPTABLE", "FAKED", "NAME"], rows)
            + "\n\(lines.count) services of botocore \(catalogue.botocoreVersion): "
            + "\(operations) operations can be scripted, \(faked) are faked\n"
    }

    /// The same as JSON.
    func values(_ catalogue: Catalogue) -> Value {
        .list(
            lines(catalogue).map {
                [
                    "service": .string($0.name), "name": .string($0.title),
                    "scriptable": .integer(Int64($0.operations)), "faked": .integer(Int64($0.faked)),
                ]
            })
    }

    /// One service's operations.
    func text(_ service: Service) -> String {
        let rows = service.operations.map { operation in
            [operation.name, isFaked(service, operation) ? "yes" : "no", String(operation.errors.count)]
        }
        let faked = service.operations.count { isFaked(service, $0) }
        return Columns.text(["OPERATION", "FAKED", "MODELLED ERRORS"], rows)
            + "\n\(service.name) (\(service.metadata.serviceID) \(service.metadata.apiVersion)): "
            + "\(service.operations.count) operations can be scripted, \(faked) are faked\n"
    }

    /// The same as JSON.
    func value(_ service: Service) -> Value {
        let operations: [Value] = service.operations.map { operation in
            [
                "operation": .string(operation.name), "faked": .bool(isFaked(service, operation)), "scriptable": true,
                "errors": .list(operation.errors.map { .string(service[$0].name) }),
            ]
        }
        return [
            "service": .string(service.name), "name": .string(service.metadata.serviceID),
            "apiVersion": .string(service.metadata.apiVersion),
            "protocols": .list(service.metadata.protocols.map { .string($0.name) }),
            "operations": .list(operations),
        ]
    }
}
