// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// How a service says that an input breaks its model: the code that carries the message, and whose message it is.
///
/// A new service's own way goes into `special`, with its source; all others follow their protocol.
public enum ValidationStyle: Sendable, Hashable {
    /// One error with the message of all violations: the code of XML and query bodies, and the shape of JSON bodies.
    case collected(code: String, shape: String, namespace: String?)
    /// SQS: only the first violation, in its own words.
    case sqs
    /// EC2: only the first violation, in its own words.
    case ec2
    /// S3: only the first violation, by where it stands in the request.
    case s3

    /// The way of a service, in the protocol that a request of it speaks: the service's first unless given.
    public init(of service: Service, in spoken: ProtocolName? = nil) {
        if let special = ValidationStyle.special[service.name] {
            self = special
            return
        }
        switch spoken ?? service.metadata.protocols.first {
        // CloudFormation's stackName, IAM's accessKeyId and STS's durationSeconds were recorded with ValidationError.
        case .query: self = .collected(code: "ValidationError", shape: "ValidationError", namespace: nil)
        case .ec2: self = .ec2
        // Recorded from Kinesis, DynamoDB, Firehose, Lambda (rest-json). Nothing is recorded from Route 53 or
        // CloudFront.
        case .restXML, .restJSON, .json, .cbor, nil:
            self = .collected(code: "ValidationException", shape: "ValidationException", namespace: nil)
        }
    }

    /// The error with which a service refuses an input that breaks its model; nil where nothing does.
    ///
    /// SQS judges names of attributes itself, and knows more of them than its model: ReceiveMessage's `AttributeNames`
    /// takes `SentTimestamp`, as every older client sends it. So does S3 some words.
    public static func refusal(
        of input: Fields, for operation: Operation, in service: Service, spoken: ProtocolName? = nil
    ) -> WireError? {
        guard var failure = Validator().validate(input, of: operation, in: service) else { return nil }
        if service.name == "cognito-idp" {
            failure = ValidationFailure(violations: failure.violations.filter { !isOwnDomain($0, in: service) })
            if failure.violations.isEmpty { return nil }
        }
        let style = ValidationStyle(of: service, in: spoken)
        guard style == .sqs || style == .s3 else { return style.error(for: failure, in: service) }
        let judged = failure.violations.filter { violation in
            guard violation.constraint.isEnumeration else { return true }
            return style == .s3 && !judgedByS3.contains(service[violation.shape].name)
        }
        return judged.isEmpty ? nil : style.error(for: ValidationFailure(violations: judged), in: service)
    }

    /// The pattern of Cognito's domains knows those below amazoncognito.com alone, and a pool's own has dots ("Using
    /// your own domain for managed login").
    private static func isOwnDomain(_ violation: ValidationFailure.Violation, in service: Service) -> Bool {
        guard service[violation.shape].name == "DomainType", case .text(let text) = violation.shown else {
            return false
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.allSatisfy { 0x61...0x7A ~= $0 || $0.isDigit || $0 == 0x2D }
            }
    }

    /// Words that S3 judges itself, and answers for in other ways than for its schema; it takes more of them than its
    /// model has (`log-delivery-write`, `Prefix`, and `enabled`, as the SDK for C++ asks for checksums).
    private static let judgedByS3: Set<String> = [
        "BucketCannedACL", "ObjectCannedACL", "Event", "EventList", "FilterRuleName", "Protocol",
        "BucketLocationConstraint", "ChecksumMode", "StorageClass",
    ]

    private static let special: [String: ValidationStyle] = [
        "s3": .s3,
        "sqs": .sqs,
        // Recorded: "InvalidParameterException: 2 validation errors detected: Value '' at 'confirmationCode' failed …".
        "cognito-idp": .collected(
            code: "InvalidParameterException", shape: "InvalidParameterException", namespace: nil),
        // Recorded: "ValidationException: 1 validation error detected: Value 'us-east-2:mock' at 'identityPoolId'
        // failed …".
        "cognito-identity": .collected(code: "ValidationException", shape: "ValidationException", namespace: nil),
        // As moto answers for them: `com.amazon.coral.validate#ValidationException`.
        "dynamodb": .coral, "dynamodbstreams": .coral, "swf": .coral,
    ]

    private static let coral = ValidationStyle.collected(
        code: "ValidationException", shape: "ValidationException", namespace: "com.amazon.coral.validate")

    /// The error for a failure in an input of this service.
    public func error(for failure: ValidationFailure, in service: Service) -> WireError {
        switch self {
        case .collected(let code, let shape, let namespace):
            return WireError(code, shape: shape, namespace: namespace, message: failure.message)
        case .sqs: return ValidationStyle.sqsError(failure)
        case .ec2: return ValidationStyle.ec2Error(failure)
        case .s3: return ValidationStyle.s3Error(failure)
        }
    }

    /// Recorded: `com.amazon.coral.service#MissingRequiredParameterException` with the query code `MissingParameter`,
    /// and `#InvalidParameterValueException` with `InvalidParameterValue` ("Value 11 for parameter
    /// MaxNumberOfMessages is invalid. Reason: …"; the reason here is made from the model's limit).
    private static func sqsError(_ failure: ValidationFailure) -> WireError {
        let first = failure.violations.first
        if let first, case .notNull = first.constraint {
            return WireError(
                "MissingParameter", shape: "MissingRequiredParameterException", namespace: "com.amazon.coral.service",
                message: "The request must contain the parameter \(first.innermostMember).")
        }
        return WireError(
            "InvalidParameterValue", shape: "InvalidParameterValueException", namespace: "com.amazon.coral.service",
            message: "Value \(first?.shownText ?? "") for parameter \(first?.innermostMember ?? "") is invalid. "
                + "Reason: \(first?.constraint.description ?? "").")
    }

    /// Recorded: `MissingParameter`, "The request must contain the parameter ImageId", without a full stop. The other
    /// text is ours: none was recorded, since EC2 words each parameter's check for itself and its model has hardly
    /// any limits.
    private static func ec2Error(_ failure: ValidationFailure) -> WireError {
        let first = failure.violations.first
        if let first, case .notNull = first.constraint {
            return WireError(
                "MissingParameter", message: "The request must contain the parameter \(first.innermostMember)")
        }
        return WireError(
            "InvalidParameterValue",
            message: "Invalid value '\(first?.shownText ?? "")' for \(first?.innermostMember ?? ""). "
                + (first?.constraint.description ?? ""))
    }

    /// S3 checks a body by its schema, and says of headers and of the query which argument is wrong (S3's "Error
    /// responses").
    private static func s3Error(_ failure: ValidationFailure) -> WireError {
        guard let first = failure.violations.first, first.location != .body else {
            let first = failure.violations.first
            if first?.constraint == .notNull, first?.member == first?.innermostMember {
                return WireError("MissingRequestBodyError", message: "Request Body is empty")
            }
            let isACL = first?.member == "AccessControlPolicy"
            return WireError(
                isACL ? "MalformedACLError" : "MalformedXML",
                message: "The XML you provided was not well-formed or did not validate against our published schema")
        }
        if case .notNull = first.constraint, first.location == .header {
            return WireError(
                "MissingSecurityHeader", message: "Your request was missing a required header",
                fields: ["MissingHeaderName": .string(first.wireName)])
        }
        return WireError(
            "InvalidArgument", message: "Invalid Argument",
            fields: ["ArgumentName": .string(first.wireName), "ArgumentValue": .string(first.shownText)])
    }
}

extension Constraint {
    /// Whether it is about nothing but words that the model lists.
    fileprivate var isEnumeration: Bool {
        switch self {
        case .values: true
        case .elements(let inner), .keys(let inner), .mapValues(let inner): inner.allSatisfy(\.isEnumeration)
        default: false
        }
    }
}

extension ValidationFailure.Violation {
    /// What a message in a service's own words shows of the value: nothing where it is missing or hidden.
    var shownText: String {
        if case .text(let text) = shown { text } else { "" }
    }
}
