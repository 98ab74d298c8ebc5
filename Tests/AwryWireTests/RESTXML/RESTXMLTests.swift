// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryXML
import Testing

@testable import AwryWire

struct RESTXMLTests {
    /// What the writer writes of any structure of the model, the reader reads back.
    @Test(arguments: ["s3", "s3control", "cloudfront", "route53"])
    func everyStructureComesBack(_ name: String) throws {
        let service = try #require(Catalogue.shared.service(name))
        for shape in service.shapes where shape.error == nil && !shape.members.isEmpty {
            guard !shape.traits.flags.contains(.eventStream) else { continue }
            let sample = Samples(service: service).fields(shape, depth: 0)
            var document = XMLWriter()
            document.start("root")
            try XMLValueWriter(service: service).structure(sample, shape, into: &document)
            let bytes = document.finish()
            let root = try XMLDocument(bytes[...]).root
            let found = try XMLValueReader(service: service, isStrict: true).structure(root, shape)
            #expect(sorted(.structure(found)) == sorted(.structure(sample)), "\(name) \(shape.name)")
        }
    }

    /// Attributes are read before elements, so order is set aside.
    private func sorted(_ value: Value) -> Value {
        switch value {
        case .structure(let fields):
            .structure(Fields(fields.sorted { $0.name < $1.name }.map { ($0.name, sorted($0.value)) }))
        case .list(let elements): .list(elements.map(sorted))
        default: value
        }
    }

    /// Every operation's output of samples is answered, and its error too.
    @Test(arguments: ["s3", "s3control", "cloudfront", "route53"])
    func everyOutputIsWritten(_ name: String) throws {
        let service = try #require(Catalogue.shared.service(name))
        let context = AnswerContext(requestID: "R", hostID: "H")
        for operation in service.operations {
            guard let id = operation.output else { continue }
            let shape = service[id]
            let payload = shape.traits.payload.flatMap { shape.member($0) }.map { service[$0.shape] }
            if payload?.traits.flags.contains(.eventStream) == true { continue }
            var output = Fields()
            for member in shape.members {
                output[member.name] = Samples(service: service).value(service[member.shape], depth: 0)
            }
            let call = IdentifiedCall(service: service, operation: operation, dialect: .restXML)
            let answer = try Wire.encodeOutput(output, of: call, context)
            #expect(answer.status >= 200 && answer.status < 300, "\(operation.name)")
            for member in shape.members where member.location == .header {
                let isThere = answer.headers.contains { $0.name == member.wireName }
                #expect(isThere || member.wireName == "Content-Length", "\(operation.name).\(member.name)")
            }
        }
    }

    @Test func headAnswersHaveNoBody() throws {
        let service = try #require(Catalogue.shared.service("s3"))
        let context = AnswerContext(requestID: "R", hostID: "H", isHead: true)
        let error = WireError("NoSuchKey", status: 404, message: "m", fields: ["Key": "k"])
        let answer = Wire.encodeError(error, dialect: .restXML, service: service, context)
        #expect(answer.body.isEmpty)
        #expect(answer.headers.contains(Header("x-amz-request-id", "R")))
        let head = try #require(service.operation("HeadObject"))
        let call = IdentifiedCall(service: service, operation: head, dialect: .restXML)
        let found = try Wire.encodeOutput(["ContentLength": 5], of: call, context)
        #expect(found.headers.contains(Header("Content-Length", "5")))
    }

    @Test func headersCannotBeSplit() throws {
        let service = try #require(Catalogue.shared.service("s3"))
        let operation = try #require(service.operation("GetObject"))
        let call = IdentifiedCall(service: service, operation: operation, dialect: .restXML)
        let output: Fields = ["Metadata": ["a": "x\r\nSet-Cookie: y"], "ContentType": "a\nb"]
        let answer = try Wire.encodeOutput(output, of: call, AnswerContext(requestID: "R", hostID: "H"))
        #expect(answer.headers.allSatisfy { !$0.value.contains { $0.isNewline } })
    }

    @Test func misfitsNameTheirMember() throws {
        let service = try #require(Catalogue.shared.service("s3"))
        let operation = try #require(service.operation("ListObjectsV2"))
        let call = IdentifiedCall(service: service, operation: operation, dialect: .restXML)
        let context = AnswerContext(requestID: "R", hostID: "H")
        #expect {
            try Wire.encodeOutput(["Contents": [["Size": "x"]]], of: call, context)
        } throws: { ($0 as? WireError)?.message?.contains("`Contents.0.Size`") == true }
        #expect {
            try Wire.encodeOutput(["Content": 1], of: call, context)
        } throws: { ($0 as? WireError)?.message?.contains("Contents") == true }
    }

    @Test(arguments: [
        ("a,b", ["a", "b"]), (" a , \"b,c\" ,, \"d\\\"e\"", ["a", "b,c", "d\"e"]), ("", []), ("\"", []),
    ])
    func headerLists(_ text: String, _ elements: [String]) {
        #expect(HeaderLists.split(text, isMoments: false) == elements)
        #expect(HeaderLists.split(HeaderLists.join(elements), isMoments: false) == elements)
    }

    @Test func manyElementsAreReadInLinearTime() throws {
        let service = try #require(Catalogue.shared.service("s3"))
        let shape = try #require(service.shape(named: "Delete").map { service[$0] })
        let text = "<Delete>" + String(repeating: "<Object><Key>k</Key></Object>", count: 50_000) + "</Delete>"
        let root = try XMLDocument(Array(text.utf8)[...]).root
        let fields = try XMLValueReader(service: service, isStrict: true).structure(root, shape)
        #expect(fields["Objects"]?.list?.count == 50_000)
    }
}

/// Values of every type of the model.
struct Samples {
    let service: Service

    func fields(_ shape: Shape, depth: Int) -> Fields {
        var fields = Fields()
        // Deprecated twins (`Event` beside `Events`) have one element's name; the first of them is read.
        var seen: [String: String] = [:]
        for member in shape.members where member.location == .body && seen[member.wireName] == nil {
            seen[member.wireName] = member.name
        }
        for member in shape.members where member.location == .body && seen[member.wireName] == member.name {
            let content = service[member.shape]
            // Structures that hold themselves (S3 has none, CloudFront and Route 53 neither) would not end.
            guard depth < 6 else { continue }
            fields[member.name] = value(content, depth: depth + 1)
        }
        return fields
    }

    func value(_ shape: Shape, depth: Int) -> Value {
        switch shape.kind {
        case .string: .string(shape.limits.values.first ?? "a & <b> \"ü\"")
        case .boolean: true
        case .integer, .long: 7
        case .float, .double: 1.5
        case .blob: .blob(Blob(utf8: "blob"))
        case .timestamp: .timestamp(Timestamp(seconds: 1_772_366_400))
        case .structure: .structure(fields(shape, depth: depth))
        case .list(let element): .list([value(service[element.shape], depth: depth + 1)])
        case .map(_, let element): .structure(["key": value(service[element.shape], depth: depth + 1)])
        }
    }
}
