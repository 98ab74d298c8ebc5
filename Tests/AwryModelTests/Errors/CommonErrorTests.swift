// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryModel

/// What every service may answer, asked of all services under each name that people know it by.
@Suite struct CommonErrorTests {
    /// One error with its code and status in each protocol.
    struct Case: Sendable, CustomTestStringConvertible {
        let names: [String]
        let query: (code: String, status: Int)
        let ec2: (code: String, status: Int)
        let json: (code: String, status: Int)
        let restStatus: Int
        var testDescription: String { names[0] }

        init(_ names: String, _ query: (String, Int), ec2: (String, Int)? = nil, _ json: (String, Int), rest: Int) {
            self.names = names.split(separator: " ").map(String.init)
            self.query = query
            self.ec2 = ec2 ?? query
            self.json = json
            restStatus = rest
        }

        func expected(_ service: Service) -> (code: String, status: Int) {
            switch service.metadata.protocols[0] {
            case .query, .restXML: query
            case .ec2: ec2
            case .json, .cbor: json
            case .restJSON: (json.code, restStatus)
            }
        }
    }

    private static let cases = [
        Case(
            "ThrottlingException Throttling RequestLimitExceeded ThrottledException", ("Throttling", 400),
            ec2: ("RequestLimitExceeded", 503), ("ThrottlingException", 400), rest: 429),
        Case(
            "AccessDeniedException AccessDenied UnauthorizedOperation", ("AccessDenied", 403),
            ec2: ("UnauthorizedOperation", 403), ("AccessDeniedException", 400), rest: 403),
        Case("ExpiredToken ExpiredTokenException", ("ExpiredToken", 403), ("ExpiredTokenException", 400), rest: 403),
        Case(
            "InternalFailure InternalError InternalServerError", ("InternalFailure", 500), ec2: ("InternalError", 500),
            ("InternalFailure", 500), rest: 500),
        Case(
            "ServiceUnavailable ServiceUnavailableException", ("ServiceUnavailable", 503), ec2: ("Unavailable", 503),
            ("ServiceUnavailable", 503), rest: 503),
        Case(
            "ValidationException ValidationError", ("ValidationError", 400), ("ValidationException", 400), rest: 400),
        Case(
            "UnrecognizedClientException UnrecognizedClient InvalidClientTokenId", ("InvalidClientTokenId", 403),
            ec2: ("AuthFailure", 401), ("UnrecognizedClientException", 400), rest: 403),
        Case("OptInRequired", ("OptInRequired", 403), ("OptInRequired", 403), rest: 403),
        Case(
            "SignatureDoesNotMatch InvalidSignatureException", ("SignatureDoesNotMatch", 403),
            ("InvalidSignatureException", 400), rest: 403),
        Case(
            "MissingAuthenticationToken MissingAuthenticationTokenException", ("MissingAuthenticationToken", 403),
            ("MissingAuthenticationTokenException", 400), rest: 403),
        Case(
            "IncompleteSignature IncompleteSignatureException", ("IncompleteSignature", 400),
            ("IncompleteSignatureException", 400), rest: 400),
        Case("RequestExpired", ("RequestExpired", 400), ("RequestExpired", 400), rest: 400),
        Case(
            "InvalidParameterCombination", ("InvalidParameterCombination", 400),
            ("InvalidParameterCombinationException", 400), rest: 400),
        Case("NotAuthorized", ("NotAuthorized", 400), ("NotAuthorized", 400), rest: 400),
        Case(
            "MalformedHttpRequestException", ("MalformedHttpRequestException", 400),
            ("MalformedHttpRequestException", 400), rest: 400),
        Case("RequestAbortedException", ("RequestAbortedException", 400), ("RequestAbortedException", 400), rest: 400),
        Case("RequestTimeoutException", ("RequestTimeoutException", 408), ("RequestTimeoutException", 408), rest: 408),
    ]

    @Test(arguments: cases) func everyServiceKnowsIt(_ wanted: Case) throws {
        for name in Catalogue.shared.serviceNames {
            let service = try ErrorDirectoryTests.service(name)
            let operation = try #require(service.operations.first)
            let own = Self.own(wanted.names, service)
            for spelling in wanted.names {
                let found = ErrorDirectory.resolve(spelling, operation: operation, service: service)
                guard let found else {
                    Issue.record("\(name) does not know \(spelling)")
                    continue
                }
                if own.isEmpty {
                    let (code, status) = wanted.expected(service)
                    #expect(found.code == code && found.status == status, "\(name) \(spelling)")
                } else {
                    #expect(own[found.code] == found.status, "\(name) \(spelling): \(found.code), not one of \(own)")
                }
                let written = ErrorDirectory.verbatim(spelling, operation: operation, service: service)
                #expect(written.code == spelling && written.status == found.status, "\(name) \(spelling)")
            }
        }
    }

    /// The codes and statuses under which the service itself, by its model or its table, has an error of this family.
    private static func own(_ names: [String], _ service: Service) -> [String: Int] {
        let spellings = Set(names.flatMap { ErrorFamily.of($0)?.spellings ?? [] })
        let table = ErrorTable.of(service)
        let speaksCodes = ErrorDialect(service).speaksCodes || service.metadata.isQueryCompatible
        var own: [String: Int] = [:]
        for shape in service.errors.map({ service[$0] }) {
            guard let traits = shape.error, spellings.contains(shape.name) || spellings.contains(traits.code ?? "")
            else { continue }
            own[speaksCodes ? traits.code ?? shape.name : shape.name] = traits.status
        }
        for row in table.rows where spellings.contains(row.code) || spellings.contains(row.shape) {
            own[row.code] = row.status ?? own[row.code] ?? own[row.shape] ?? 400
        }
        return own
    }
}
