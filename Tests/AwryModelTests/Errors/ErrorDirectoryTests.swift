// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryModel

/// Errors by name for the whole catalogue, and by AWS's own figures for the services that are faked.
@Suite struct ErrorDirectoryTests {
    static let faked = ["s3", "sqs", "kinesis", "iam", "sts", "cognito-idp", "cognito-identity"]

    static func service(_ name: String) throws -> Service {
        try #require(Catalogue.shared.service(name))
    }

    static func resolve(_ name: String, _ path: String) throws -> KnownError? {
        let parts = path.split(separator: ".").map(String.init)
        let service = try service(parts[0])
        return ErrorDirectory.resolve(name, operation: try #require(service.operation(parts[1])), service: service)
    }

    @Test func everyModelledPairOfTheFakedServicesResolvesByShapeAndByCode() throws {
        var pairs = 0
        for name in Self.faked {
            let service = try Self.service(name)
            for operation in service.operations {
                for shape in operation.errors.map({ service[$0] }) {
                    pairs += 1
                    let place = "\(name).\(operation.name) \(shape.name)"
                    let error = try #require(
                        ErrorDirectory.resolve(shape.name, operation: operation, service: service), "\(place)")
                    #expect(error.shape == shape.name, "\(place)")
                    #expect(error.shapeRef === shape && error.origin == .operation, "\(place)")
                    let byCode = ErrorDirectory.resolve(error.code, operation: operation, service: service)
                    #expect(byCode?.shape == shape.name && byCode?.code == error.code, "\(place) as \(error.code)")
                    let expected = try #require(shape.error)
                    if name == "iam" || name == "sts" || name == "s3" {
                        #expect(
                            error.code == expected.code ?? shape.name && error.status == expected.status, "\(place)")
                    } else if name != "sqs" {
                        let status = shape.name == "ForbiddenException" ? 403 : expected.fault == .server ? 500 : 400
                        #expect(error.code == shape.name && error.status == status, "\(place)")
                    }
                    #expect(error.namespace == (name == "sqs" ? "com.amazonaws.sqs" : nil), "\(place)")
                }
            }
        }
        #expect(pairs == 2115)
    }

    @Test func everyModelledPairOfEveryServiceResolves() {
        var pairs = 0
        for index in 0..<Catalogue.shared.serviceCount {
            guard let service = Catalogue.shared.service(at: index) else { continue }
            for operation in service.operations {
                for shape in operation.errors.map({ service[$0] }) {
                    pairs += 1
                    let error = ErrorDirectory.resolve(shape.name, operation: operation, service: service)
                    guard let error, error.shape == shape.name, error.origin == .operation else {
                        Issue.record(
                            "\(service.name).\(operation.name) \(shape.name): \(String(describing: error?.shape))")
                        continue
                    }
                    if let code = shape.error?.code,
                        ErrorDirectory.resolve(code, operation: operation, service: service)?.code != error.code
                    {
                        Issue.record("\(service.name).\(operation.name) \(code)")
                    }
                    check(error, operation, service)
                }
            }
        }
        #expect(pairs == 84_788)
    }

    /// What holds for any error: a status, a text that needs nothing which the operation lacks, members that exist.
    private func check(_ error: KnownError, _ operation: Operation, _ service: Service) {
        let place = "\(service.name).\(operation.name) \(error.shape)"
        if !(300..<600).contains(error.status) { Issue.record("\(place): status \(error.status)") }
        if error.messages.isEmpty || error.messages.contains("") { Issue.record("\(place): no text") }
        for text in error.messages {
            for name in TemplateReferences.parameters(in: text) where !operation.takes(name, in: service) {
                Issue.record("\(place): no parameter \(name)")
            }
            if text.contains("%") { Issue.record("\(place): \(text)") }
        }
        if let last = error.messages.last, !TemplateReferences.parameters(in: last).isEmpty {
            Issue.record("\(place): \(last)")
        }
        for name in error.fields.names where !error.memberNames.contains(name) {
            Issue.record("\(place): \(name) is not among the members")
        }
        guard let shape = error.shapeRef else { return }
        for member in shape.members where member.isRequired && !MemberDefaults.isMessage(member.name) {
            if error.fields[member.name] == nil { Issue.record("\(place): lacks \(member.name)") }
        }
        for name in error.fields.names where shape.member(name) == nil {
            let row = ErrorTable.of(service).row(shape.name)
            if row?.fields[name] == nil { Issue.record("\(place): \(name) is no member") }
        }
    }

    @Test func everyOperationHasAThrottle() {
        for index in 0..<Catalogue.shared.serviceCount {
            guard let service = Catalogue.shared.service(at: index) else { continue }
            for operation in service.operations {
                let error = ErrorDirectory.throttle(operation: operation, service: service)
                if error.code.isEmpty || error.status < 400 {
                    Issue.record("\(service.name).\(operation.name): \(error.code) \(error.status)")
                }
                if Self.faked.contains(service.name), error.retry != .throttle {
                    Issue.record("\(service.name).\(operation.name): \(error.code) is not retried")
                }
                check(error, operation, service)
            }
        }
    }

    @Test(arguments: [
        ("s3.GetObject", "SlowDown", 503), ("sqs.SendMessage", "RequestThrottled", 403),
        ("kinesis.PutRecord", "ProvisionedThroughputExceededException", 400),
        ("kinesis.GetRecords", "ProvisionedThroughputExceededException", 400),
        ("kinesis.DescribeStream", "LimitExceededException", 400),
        ("kinesis.SubscribeToShard", "LimitExceededException", 400), ("iam.GetUser", "Throttling", 400),
        ("sts.AssumeRole", "Throttling", 400), ("cognito-idp.InitiateAuth", "TooManyRequestsException", 400),
        ("cognito-identity.GetId", "TooManyRequestsException", 400),
        ("ec2.DescribeInstances", "RequestLimitExceeded", 503),
        ("dynamodb.PutItem", "ProvisionedThroughputExceededException", 400),
        ("dynamodb.CreateTable", "ThrottlingException", 400), ("lambda.Invoke", "TooManyRequestsException", 429),
        ("secretsmanager.GetSecretValue", "ThrottlingException", 400),
        ("cloudformation.CreateStack", "Throttling", 400),
    ])
    func throttles(path: String, code: String, status: Int) throws {
        let parts = path.split(separator: ".").map(String.init)
        let service = try Self.service(parts[0])
        let error = ErrorDirectory.throttle(operation: try #require(service.operation(parts[1])), service: service)
        #expect(error.code == code)
        #expect(error.status == status)
        #expect(error.retry == .throttle)
    }

    @Test func whatIsListedResolvesToItself() throws {
        for name in Self.faked + ["ec2", "dynamodb", "lambda", "cloudwatch", "route53", "glue"] {
            let service = try Self.service(name)
            for operation in service.operations {
                for error in ErrorDirectory.all(operation: operation, service: service) {
                    let again = ErrorDirectory.resolve(error.shape, operation: operation, service: service)
                    #expect(
                        again?.code == error.code && again?.status == error.status,
                        "\(name).\(operation.name) \(error.shape): \(String(describing: again?.code))")
                    check(error, operation, service)
                }
            }
            #expect(ErrorDirectory.all(service: service).count >= service.errors.count)
        }
    }
}
