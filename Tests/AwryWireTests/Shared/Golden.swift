// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import Foundation
import Testing

@testable import AwryWire

/// One golden file: a call, and either the request's bytes with the input they mean, or an output or error with the
/// bytes that carry it. Sections begin with `== name`; `== source` says where the bytes come from.
///
/// ```
/// == source
/// Smithy's awsJson1_1 protocol tests, case X
/// == call
/// kinesis PutRecord json
/// == output
/// {"ShardId": "shardId-000000000000"}
/// == answer
/// 200
/// content-type: application/x-amz-json-1.1
///
/// {"ShardId":"shardId-000000000000"}
/// ```
/// Bodies of CBOR are hexadecimal digits. Inputs, outputs and errors are JSON with blobs in base64 and moments in
/// seconds. The answer names the headers to check, in lower case; others may be there. The ids are always
/// `REQUEST-ID` and `HOST-ID`.
struct Golden: CustomTestStringConvertible {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/Golden")

    let testDescription: String
    let sections: [String: String]

    /// All golden files of a protocol, by name.
    static func all(_ folder: String) -> [Golden] {
        let base = root.appendingPathComponent(folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base.path)) ?? []
        return names.filter { $0.hasSuffix(".golden") }.sorted().compactMap { name in
            guard let text = try? String(contentsOf: base.appendingPathComponent(name), encoding: .utf8) else {
                return nil
            }
            return Golden(testDescription: "\(folder)/\(name)", sections: Golden.sections(of: text))
        }
    }

    private static func sections(of text: String) -> [String: String] {
        var sections: [String: [Substring]] = [:]
        var name = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("== ") {
                name = String(line.dropFirst(3))
                sections[name] = []
            } else {
                sections[name, default: []].append(line)
            }
        }
        return sections.mapValues { lines in
            var text = lines.joined(separator: "\n")
            if text.hasSuffix("\n") { text.removeLast() }
            return text
        }
    }

    /// The call of the `call` section: service, operation (`-` for an unknown one) and dialect.
    func call() throws -> (call: IdentifiedCall?, service: Service?, dialect: Dialect) {
        let words = try #require(sections["call"]).split { $0 == " " || $0 == "\n" }.map(String.init)
        try #require(words.count == 3)
        let service = Catalogue.shared.service(words[0])
        let dialect: Dialect =
            switch words[2] {
            case "json": .json(version: service?.metadata.jsonVersion ?? "1.1")
            case "query": .query
            case "ec2": .ec2
            case "rest-xml": .restXML
            case "rest-json": .restJSON
            case "cbor": .cbor
            case "json-cbor": .jsonCBOR(version: service?.metadata.jsonVersion ?? "1.1")
            case let other: throw GoldenMistake(message: "no dialect `\(other)`")
            }
        guard let service, let operation = service.operation(words[1]) else { return (nil, service, dialect) }
        return (IdentifiedCall(service: service, operation: operation, dialect: dialect), service, dialect)
    }

    /// Checks what the file says.
    func check() throws {
        #expect(sections["source"]?.isEmpty == false, "a golden file names its source")
        let (call, service, dialect) = try call()
        let context = AnswerContext(
            requestID: "REQUEST-ID", hostID: "HOST-ID", wantsJSON: sections["accept"] == "application/json")
        if let request = sections["request"] {
            try checkInput(try #require(call), request)
        }
        if let output = sections["output"] {
            let fields = try #require(try JSON.parse(output).fields)
            try checkAnswer(try Wire.encodeOutput(fields, of: try #require(call), context))
        }
        if let text = sections["error"] {
            let error = try Golden.error(try #require(try JSON.parse(text).fields))
            let rendered =
                call.map { Wire.encodeError(error, of: $0, context) }
                ?? Wire.encodeError(error, dialect: dialect, service: service, context)
            try checkAnswer(rendered)
        }
    }

    private func checkInput(_ call: IdentifiedCall, _ request: String) throws {
        var (head, body) = try Golden.message(request)
        if isBinary { body = Golden.bytes(hexadecimal: String(decoding: body, as: UTF8.self))[...] }
        // Variables of the path are found with the operation.
        var call = call
        if [.restXML, .restJSON].contains(call.dialect) || isBinary,
            case .call(let found) = Identifier.shared.identify(head)
        {
            #expect(found.operation.name == call.operation.name)
            #expect(found.dialect == call.dialect)
            call = found
        }
        do {
            let input = try Wire.decodeInput(call, head: head, body: body)
            let expected = try #require(sections["input"], "the request was read: \(JSON.text(.structure(input)))")
            #expect(JSON.text(.structure(input)) == JSON.text(try JSON.parse(expected)))
        } catch let error as WireError {
            let expected = try #require(sections["refusal"], "the request was refused: \(error)")
            #expect(error == (try Golden.error(try #require(try JSON.parse(expected).fields))))
        }
    }

    private func checkAnswer(_ rendered: Rendered) throws {
        let answer = try #require(sections["answer"])
        let parts = answer.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        #expect(String(rendered.status) == parts[0])
        // A line feed before it, so that an answer without headers has its empty line too.
        let rest = "\n" + (parts.count > 1 ? String(parts[1]) : "")
        let gap = rest.range(of: "\n\n")
        for line in rest[..<(gap?.lowerBound ?? rest.endIndex)].split(separator: "\n") {
            let colon = try #require(line.range(of: ": "))
            let found = rendered.headers.first { $0.name.lowercased() == line[..<colon.lowerBound] }?.value
            #expect(found == String(line[colon.upperBound...]), "\(line)")
        }
        let body = gap.map { String(rest[$0.upperBound...]) } ?? ""
        if isBinary {
            #expect(rendered.body == Golden.bytes(hexadecimal: body), "\(rendered.body.hexadecimal)")
        } else {
            #expect(String(decoding: rendered.body, as: UTF8.self) == body)
        }
    }

    private var isBinary: Bool { testDescription.hasPrefix("cbor/") }

    /// The bytes that pairs of hexadecimal digits stand for; everything else is passed over.
    static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = text.compactMap { $0.hexDigitValue.map(UInt8.init) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// An error of its members: code, shape, namespace, status, fault, message, fields.
    static func error(_ fields: Fields) throws -> WireError {
        let code = try #require(fields["code"]?.string)
        let status = fields["status"]?.integer.map { Int($0) } ?? 400
        return WireError(
            code, shape: fields["shape"]?.string, namespace: fields["namespace"]?.string, status: status,
            fault: fields["fault"]?.string.flatMap(Fault.init(rawValue:)), message: fields["message"]?.string,
            fields: fields["fields"]?.fields ?? [:])
    }

    /// A request's head and body from text with line feeds.
    static func message(_ text: String) throws -> (RequestHead, ArraySlice<UInt8>) {
        let gap = text.range(of: "\n\n")
        let head = text[..<(gap?.lowerBound ?? text.endIndex)].split(separator: "\n")
        let body = gap.map { Array(text[$0.upperBound...].utf8) } ?? []
        return (try RequestHead(lines: head.map(String.init)), body[...])
    }
}

extension [UInt8] {
    /// Pairs of digits.
    fileprivate var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

/// A golden file that is not what it should be.
struct GoldenMistake: Error {
    let message: String
}

extension RequestHead {
    /// A head of a request line and header lines.
    convenience init(lines: [String]) throws {
        var bytes: [UInt8] = []
        var fields: [Field] = []
        let words = lines[0].split(separator: " ")
        guard words.count == 3 else { throw GoldenMistake(message: "no request line: \(lines[0])") }
        for (index, line) in lines.enumerated() {
            let start = bytes.count
            bytes += Array(line.utf8)
            let end = bytes.count
            bytes += [0x0D, 0x0A]
            guard index > 0, let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = line.utf8.distance(from: line.utf8.startIndex, to: colon)
            fields.append(Field(name: start..<(start + name), value: min(end, start + name + 2)..<end))
        }
        let method = 0..<words[0].utf8.count
        let target = (method.upperBound + 1)..<(method.upperBound + 1 + words[1].utf8.count)
        self.init(bytes: bytes, methodRange: method, targetRange: target, minorVersion: 1, fields: fields)
    }
}
