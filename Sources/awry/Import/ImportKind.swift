// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore

/// What `awry import` reads.
enum ImportKind: String, CaseIterable, ExpressibleByArgument {
    case localstack, wiremock, har

    /// What a document seems to be.
    init?(guessed document: Value) {
        if document.list != nil {
            self = .localstack
        } else if document.fields?["log"]?.fields?["entries"] != nil {
            self = .har
        } else if let fields = document.fields,
            ["mappings", "request", "response"].contains(where: { fields[$0] != nil })
        {
            self = .wiremock
        } else {
            return nil
        }
    }

    /// A file's scenarios. `file` is the path for messages; refuses with file and line what is no such document.
    static func scenarios(
        _ bytes: [UInt8], file: String, kind: ImportKind?, name: String?
    ) throws(Refusal) -> [ImportedScenario] {
        let document: Value
        do throws(JSON.Mistake) {
            document = try JSON.parse(bytes[...].trimmingByteOrderMark)
        } catch {
            let before = bytes[...].trimmingByteOrderMark.prefix(error.offset)
            let line = before.count { $0 == 0x0A } + 1
            let column = before.count - (before.lastIndex(of: 0x0A).map { $0 - before.startIndex + 1 } ?? 0) + 1
            throw Refusal("\(file):\(line):\(column): not JSON: \(error.message)")
        }
        guard let kind = kind ?? ImportKind(guessed: document) else {
            throw Refusal(
                "\(file):1: expected LocalStack's fault rules (a list), WireMock's stub mappings (`mappings`, or "
                    + "`request` and `response`) or a HAR recording (`log` with `entries`)")
        }
        let plain = file.split(separator: "/").last.map(String.init) ?? file
        let name = ImportedScenario.name(name ?? String(plain.prefix { $0 != "." }))
        do throws(Refusal) {
            switch kind {
            case .localstack: return try LocalStackImport.scenarios(document, name: name)
            case .wiremock: return try WireMockImport.scenarios(document, name: name)
            case .har: return try HARImport.scenarios(document, name: name)
            }
        } catch {
            throw Refusal("\(file):1: \(error)")
        }
    }
}

extension ArraySlice<UInt8> {
    /// Without U+FEFF before it, which browsers put before their recordings.
    fileprivate var trimmingByteOrderMark: ArraySlice<UInt8> {
        starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self
    }
}
