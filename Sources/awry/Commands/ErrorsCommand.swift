// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryModel

/// `awry errors`: what can go wrong.
struct ErrorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors",
        abstract: "What can go wrong: code, status, who is at fault, whether SDKs retry it, the usual message.",
        discussion: """
            Without an argument: what every service may answer. Any code (or the name in parentheses) may stand in a \
            scenario's `error:`; ${…} is filled in from the request. "Retried" is what botocore's standard mode does.
            """)

    @Argument(help: "A service, or one of its operations: kinesis, kinesis.PutRecord.")
    var place: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try refusing {
            guard let place else {
                Terminal.out(json ? JSON.text(ErrorsReport.commonValues, pretty: true) + "\n" : ErrorsReport.common)
                return
            }
            let (service, operation) = try ModelNames.place(place)
            let errors =
                operation.map { ErrorDirectory.all(operation: $0, service: service) }
                ?? ErrorDirectory.all(service: service)
            if json {
                Terminal.out(JSON.text(.list(errors.map(\.value)), pretty: true) + "\n")
            } else {
                let throttle = operation.map { ErrorDirectory.throttle(operation: $0, service: service) }
                Terminal.out(ErrorsReport.text(errors, service: service.name, throttle: throttle))
            }
        }
    }
}

/// Errors as the terminal and other programs see them.
enum ErrorsReport {
    /// The errors in sections, by who knows them.
    static func text(_ errors: [KnownError], service: String, throttle: KnownError?) -> String {
        let sections: [(heading: String, origins: [KnownError.Origin])] = [
            ("MODELLED", [.operation]), ("OF \(service.uppercased())", [.service, .wellKnown]),
            ("OF EVERY SERVICE", [.common]),
        ]
        var parts: [String] = []
        for section in sections {
            let members = errors.filter { section.origins.contains($0.origin) }
            guard !members.isEmpty else { continue }
            parts.append(
                Columns.text([section.heading, "STATUS", "FAULT", "RETRIED", "MESSAGE"], members.map(row)))
        }
        if let throttle { parts.append("error: throttle is \(throttle.code), \(throttle.status)\n") }
        return parts.joined(separator: "\n")
    }

    private static func row(_ error: KnownError) -> [String] {
        let name = error.shape == error.code ? error.code : "\(error.code) (\(error.shape))"
        return [name, String(error.status), error.fault.rawValue, retried(error.retry), error.message]
    }

    private static func retried(_ retry: KnownError.Retry) -> String {
        switch retry {
        case .no: "no"
        case .transient: "yes"
        case .throttle: "as throttle"
        }
    }

    /// What every service may answer.
    static var common: String {
        func cell(_ code: String?, _ status: Int?) -> [String] { [code ?? "-", status.map(String.init) ?? "-"] }
        let rows = CommonError.all.map {
            cell($0.xmlCode, $0.xmlStatus) + cell($0.jsonCode, $0.jsonStatus) + [$0.message]
        }
        return Columns.text(["QUERY AND XML", "STATUS", "JSON", "STATUS", "MESSAGE"], rows)
            + "\nEither spelling may be used for any service. A service's own errors: awry errors SERVICE\n"
    }

    /// The same as JSON.
    static var commonValues: Value {
        .list(
            CommonError.all.map { error in
                var fields = Fields()
                if let code = error.xmlCode { fields["xmlCode"] = .string(code) }
                if let status = error.xmlStatus { fields["xmlStatus"] = .integer(Int64(status)) }
                if let code = error.jsonCode { fields["jsonCode"] = .string(code) }
                if let status = error.jsonStatus { fields["jsonStatus"] = .integer(Int64(status)) }
                fields["message"] = .string(error.message)
                return .structure(fields)
            })
    }
}
