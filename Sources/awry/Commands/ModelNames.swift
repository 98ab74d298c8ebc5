// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryModel

/// Services and operations as people name them on the command line: letter case does not matter, a name that is unknown
/// is refused with the nearest ones.
enum ModelNames {
    /// The service of this name.
    static func service(_ name: String) throws(Refusal) -> Service {
        let catalogue = Catalogue.shared
        if let service = catalogue.service(name) ?? catalogue.service(name.lowercased()) { return service }
        throw Refusal(
            "\(name): no such service" + suggestion(for: name, among: catalogue.serviceNames)
                + "`awry services` lists them")
    }

    /// The operation of this name.
    static func operation(_ name: String, of service: Service) throws(Refusal) -> AwryModel.Operation {
        if let operation = service.operation(name) { return operation }
        let wanted = name.lowercased()
        if let operation = service.operations.first(where: { $0.name.lowercased() == wanted }) { return operation }
        throw Refusal(
            "\(service.name).\(name): no such operation"
                + suggestion(for: name, among: service.operations.map(\.name))
                + "`awry services \(service.name)` lists them")
    }

    /// What `kinesis` or `kinesis.PutRecord` names.
    static func place(_ text: String) throws(Refusal) -> (service: Service, operation: AwryModel.Operation?) {
        guard let dot = text.firstIndex(of: ".") else { return (try service(text), nil) }
        let service = try service(String(text[..<dot]))
        return (service, try operation(String(text[text.index(after: dot)...]), of: service))
    }

    /// The operation that `kinesis.PutRecord` names.
    static func target(_ text: String) throws(Refusal) -> (service: Service, operation: AwryModel.Operation) {
        let place = try place(text)
        guard let operation = place.operation else {
            throw Refusal("\(text): expected SERVICE.Operation, as in \(place.service.name).\(example(place.service))")
        }
        return (place.service, operation)
    }

    /// "; did you mean …? ", or the mark that goes before another remark.
    static func suggestion(for name: String, among names: [String]) -> String {
        let question = Nearest.question(for: name, among: names)
        return question.isEmpty ? "; " : question + " "
    }

    private static func example(_ service: Service) -> String { service.operations.first?.name ?? "Operation" }
}

extension ParsableCommand {
    /// Does the work; a refusal becomes one line and exit status 2.
    func refusing(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let refusal as Refusal {
            Terminal.err("awry: \(refusal)\n")
            throw Status.refused
        }
    }
}

/// Text in columns.
enum Columns {
    /// The rows with a heading, each column as wide as its widest cell, the last one ragged.
    static func text(_ heading: [String], _ rows: [[String]]) -> String {
        let all = [heading] + rows
        let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let isLast = column == row.count - 1
                line += isLast ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
