// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryXML
import Testing

@testable import AwryWire

/// Every input and output of some services, written and read again.
struct RoundTripTests {
    @Test(arguments: ["kinesis", "cognito-idp", "cognito-identity", "sqs", "dynamodb", "logs"])
    func json(_ name: String) throws {
        let service = try #require(Catalogue.shared.service(name))
        for operation in service.operations {
            for id in [operation.input, operation.output].compactMap({ $0 }) {
                var specimen = Specimen(service)
                let fields = specimen.structure(id)
                var body: [UInt8] = []
                try JSONValueWriter(service: service).structure(fields, service[id], into: &body)
                let again = try JSONProtocol.decode(body[...], as: service[id], of: service)
                #expect(again == fields, "\(name) \(operation.name)")
            }
        }
    }

    @Test(
        arguments: [
            "kinesis", "arc-region-switch", "cloudwatch", "comprehendmedical", "compute-optimizer",
            "compute-optimizer-automation", "gamelift", "interconnect", "marketplace-entitlement", "snowball",
        ], [CBOR.Epoch.seconds, .milliseconds])
    func cbor(_ name: String, _ epoch: CBOR.Epoch) throws {
        let service = try #require(Catalogue.shared.service(name))
        for operation in service.operations {
            for id in [operation.input, operation.output].compactMap({ $0 }) {
                var specimen = Specimen(service)
                let fields = specimen.structure(id)
                var body: [UInt8] = []
                try CBORValueWriter(service: service, epoch: epoch).structure(fields, service[id], into: &body)
                let again = try CBORProtocol.decode(body[...], as: service[id], of: service, epoch)
                #expect(again == fields, "\(name) \(operation.name)")
            }
        }
    }

    /// What rest-json has in bodies: an output written, the body read again as an input would be.
    @Test(arguments: [
        "lambda", "efs", "glacier", "apigateway", "batch", "iot", "bedrock-runtime", "bedrock-agent-runtime",
    ])
    func restJSON(_ name: String) throws {
        let service = try #require(Catalogue.shared.service(name))
        let context = AnswerContext(requestID: "R", hostID: "H")
        let head = try RequestHead(lines: ["POST / HTTP/1.1"])
        for operation in service.operations {
            guard let id = operation.output, operation.traits.responseCode != 204 else { continue }
            var specimen = Specimen(service)
            var fields = specimen.structure(id)
            for member in service[id].members where member.location == .statusCode { fields[member.name] = 200 }
            if let stream = service.eventStream(of: service[id]), let events = fields[stream.name]?.fields {
                // Errors are read by clients alone.
                let shape = service[stream.shape]
                let sent = events.filter { event in
                    shape.member(event.name).map { service[$0.shape].error == nil } ?? false
                }
                fields[stream.name] = .list(sent.map { .structure([$0.name: $0.value]) })
            }
            let call = IdentifiedCall(service: service, operation: operation, dialect: .restJSON)
            let rendered = try Wire.encodeOutput(fields, of: call, context)
            let mirrored = Operation(
                name: operation.name, traits: operation.traits, input: id, output: id, errors: [])
            let back = IdentifiedCall(service: service, operation: mirrored, dialect: .restJSON)
            var kept = fields
            for member in service[id].members {
                let isPayload = service[id].traits.payload.map { $0 == member.name } ?? true
                if member.location != .body || !isPayload { kept[member.name] = nil }
            }
            let again = try Wire.decodeInput(back, head: head, body: rendered.body[...])
            #expect(again == kept, "\(name) \(operation.name)")
        }
    }

    @Test func ec2Form() throws {
        let service = try #require(Catalogue.shared.service("ec2"))
        for operation in service.operations {
            guard let id = operation.input else { continue }
            var specimen = Specimen(service)
            let fields = specimen.structure(id)
            var writer = FormWriter(names: QueryNames(service, isEC2Form: true))
            writer.structure(fields, service[id], "")
            let again = try EC2Protocol.decode(Form(writer.out[...]), as: service[id], of: service)
            #expect(again == fields.withoutEmpties, "\(operation.name)")
        }
    }

    @Test func ec2AnswersAreXML() throws {
        let service = try #require(Catalogue.shared.service("ec2"))
        let context = AnswerContext(requestID: "R", hostID: "H")
        for operation in service.operations {
            let call = IdentifiedCall(service: service, operation: operation, dialect: .ec2)
            var specimen = Specimen(service)
            let output = operation.output.map { specimen.structure($0) } ?? [:]
            let rendered = try Wire.encodeOutput(output, of: call, context)
            let document = try XMLDocument(rendered.body[...])
            #expect(document.root.isNamed(operation.name + "Response"))
            #expect(document.root.first("requestId")?.text == "R")
        }
    }

    @Test(arguments: ["iam", "sts", "sqs", "sns", "cloudformation", "rds", "autoscaling"])
    func form(_ name: String) throws {
        let service = try #require(Catalogue.shared.service(name))
        for operation in service.operations {
            guard let id = operation.input else { continue }
            var specimen = Specimen(service)
            let fields = specimen.structure(id)
            var writer = FormWriter(service: service)
            writer.structure(fields, service[id], "")
            let again = try QueryProtocol.decode(Form(writer.out[...]), as: service[id], of: service)
            // Recursive lists are empty here, and an empty flattened list leaves no trace in a form.
            #expect(again == fields.withoutEmpties, "\(name) \(operation.name)")
        }
    }

    @Test(arguments: ["iam", "sts", "sqs", "sns", "cloudformation", "rds", "autoscaling"])
    func queryAnswersAreXML(_ name: String) throws {
        let service = try #require(Catalogue.shared.service(name))
        let context = AnswerContext(requestID: "R", hostID: "H")
        for operation in service.operations {
            let call = IdentifiedCall(service: service, operation: operation, dialect: .query)
            var specimen = Specimen(service)
            let output = operation.output.map { specimen.structure($0) } ?? [:]
            let rendered = try Wire.encodeOutput(output, of: call, context)
            let document = try XMLDocument(rendered.body[...])
            #expect(document.root.isNamed(operation.name + "Response"))
        }
    }
}

/// Writes a form as botocore's `QuerySerializer` does.
private struct FormWriter {
    let names: QueryNames
    var out: [UInt8] = []

    init(service: Service) {
        self.init(names: QueryNames(service))
    }

    init(names: QueryNames) {
        self.names = names
    }

    mutating func structure(_ fields: Fields, _ shape: Shape, _ prefix: String) {
        for member in shape.members {
            guard let value = fields[member.name] else { continue }
            self.value(value, member, prefix + names.name(of: member))
        }
    }

    private mutating func value(_ value: Value, _ member: Member, _ name: String) {
        let shape = names.service[member.shape]
        let isFlat = names.isFlattened(member, shape)
        switch (shape.kind, value) {
        case (.structure, .structure(let fields)): structure(fields, shape, name + ".")
        case (.list(let element), .list(let values)):
            let prefix = isFlat ? name : "\(name).\(names.element(element))"
            for (index, value) in values.enumerated() { self.value(value, element, "\(prefix).\(index + 1)") }
            if values.isEmpty { append(name, "") }
        case (.map(let key, let element), .structure(let fields)):
            let parts = names.entry(shape, key, element)
            for (index, entry) in fields.enumerated() {
                let prefix = isFlat ? "\(name).\(index + 1)" : "\(name).entry.\(index + 1)"
                append("\(prefix).\(parts.key)", entry.name)
                self.value(entry.value, element, "\(prefix).\(parts.value)")
            }
        default: append(name, Scalars.text(of: value))
        }
    }

    private mutating func append(_ name: String, _ value: String) {
        out += Array("&\(name)=".utf8)
        for byte in value.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: out.append(byte)
            case 0x20: out.append(UInt8(ascii: "+"))
            default: out += Array("%\(String(byte, radix: 16, uppercase: true).paddedToTwo)".utf8)
            }
        }
    }
}

extension String {
    fileprivate var paddedToTwo: String { count < 2 ? "0" + self : self }
}

extension Fields {
    /// Without empty maps and structures, of which a form says nothing.
    fileprivate var withoutEmpties: Fields {
        var kept = Fields()
        for (name, value) in self {
            switch value {
            case .structure(let fields):
                let inner = fields.withoutEmpties
                if !inner.isEmpty { kept[name] = .structure(inner) }
            case .list(let values):
                kept[name] = .list(values.map { $0.fields.map { .structure($0.withoutEmpties) } ?? $0 })
            default: kept[name] = value
            }
        }
        return kept
    }
}
