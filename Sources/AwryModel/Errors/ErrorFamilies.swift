// SPDX-License-Identifier: Apache-2.0

/// How a service's protocol spells what every service may answer.
enum ErrorDialect: Sendable {
    case query
    case restXML
    case ec2
    /// json and rpc-v2-cbor: every client's fault is a 400.
    case json
    case restJSON

    /// The dialect of a service's first protocol.
    init(_ service: Service) {
        self.init(service.metadata.protocols.first)
    }

    /// The dialect of a protocol.
    init(_ spoken: ProtocolName?) {
        switch spoken {
        case .query: self = .query
        case .restXML: self = .restXML
        case .ec2: self = .ec2
        case .restJSON: self = .restJSON
        case .json, .cbor, nil: self = .json
        }
    }

    /// Whether the wire carries codes, which may differ from the shapes' names.
    var speaksCodes: Bool { self == .query || self == .restXML || self == .ec2 }
}

/// One error under the names that AWS's services give it.
struct ErrorFamily: Sendable {
    /// What XML protocols say, and its status; nil where they know no such error.
    let xml: (code: String, status: Int)?
    /// What JSON protocols say, and its status.
    let json: (code: String, status: Int)?
    /// The status where rest-json differs from json.
    let restStatus: Int?
    /// The code in EC2's own words, where they differ from other XML.
    let ec2: String?
    /// All other spellings.
    let others: [String]
    /// The usual text.
    let message: String
    /// Whether a bare status means this one before others.
    let isUsual: Bool
    /// Whether rest-xml does not know it.
    let isOfQueryAlone: Bool

    init(
        xml: (String, Int)?, json: (String, Int)?, rest restStatus: Int? = nil, ec2: String? = nil,
        _ others: [String] = [], message: String, isUsual: Bool = false,
        isOfQueryAlone: Bool = false
    ) {
        self.xml = xml.map { (code: $0.0, status: $0.1) }
        self.json = json.map { (code: $0.0, status: $0.1) }
        self.restStatus = restStatus
        self.ec2 = ec2
        self.others = others
        self.message = message
        self.isUsual = isUsual
        self.isOfQueryAlone = isOfQueryAlone
    }

    /// Every spelling, the most usual first.
    var spellings: [String] {
        var all: [String] = []
        for name in [json?.code, xml?.code, ec2].compactMap({ $0 }) + others where !all.contains(name) {
            all.append(name)
        }
        return all
    }

    /// The error in a dialect.
    func row(_ dialect: ErrorDialect) -> ErrorRow? {
        let spelt: (code: String, status: Int)?
        switch dialect {
        case .query: spelt = xml
        case .restXML: spelt = isOfQueryAlone ? nil : xml
        case .ec2: spelt = xml.map { (ec2 ?? $0.code, $0.status) }
        case .json: spelt = json
        case .restJSON: spelt = json.map { ($0.code, restStatus ?? $0.status) }
        }
        return spelt.map { ErrorRow($0.code, $0.status, message, isUsual: isUsual) }
    }

    /// The family of a spelling.
    static func of(_ name: String) -> ErrorFamily? { index[name].map { all[$0] } }

    private static let index: [String: Int] = {
        var index: [String: Int] = [:]
        for (position, family) in all.enumerated() {
            for name in family.spellings where index[name] == nil { index[name] = position }
        }
        return index
    }()
}

extension ErrorFamily {
    private static let denied =
        "User: arn:aws:iam::${account}:root is not authorized to perform: %ACTION% because no identity-based policy "
        + "allows the %ACTION% action"

    /// The families: what is one error here is sent as the service spells it.
    ///
    /// Source: "Common Error Types" of the services' API references for codes; statuses and texts as AWS's front ends
    /// answer.
    static let all: [ErrorFamily] = [
        ErrorFamily(
            xml: ("AccessDenied", 403), json: ("AccessDeniedException", 400), rest: 403, ec2: "UnauthorizedOperation",
            message: denied, isUsual: true),
        ErrorFamily(
            xml: ("InvalidClientTokenId", 403), json: ("UnrecognizedClientException", 400), rest: 403,
            ec2: "AuthFailure", ["InvalidAccessKeyId", "UnrecognizedClient", "InvalidClientTokenIdException"],
            message: "The security token included in the request is invalid."),
        ErrorFamily(
            xml: ("SignatureDoesNotMatch", 403), json: ("InvalidSignatureException", 400), rest: 403,
            ["InvalidSignature", "SignatureDoesNotMatchException"],
            message: "The request signature we calculated does not match the signature you provided. Check your AWS "
                + "Secret Access Key and signing method. Consult the service documentation for details."),
        ErrorFamily(
            xml: ("MissingAuthenticationToken", 403), json: ("MissingAuthenticationTokenException", 400), rest: 403,
            message: "Missing Authentication Token"),
        ErrorFamily(
            xml: ("IncompleteSignature", 400), json: ("IncompleteSignatureException", 400),
            message: "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
                + "parameter. Authorization header requires 'SignedHeaders' parameter."),
        ErrorFamily(
            xml: ("ExpiredToken", 403), json: ("ExpiredTokenException", 400), rest: 403,
            message: "The security token included in the request is expired"),
        ErrorFamily(
            xml: ("RequestExpired", 400), json: ("RequestExpired", 400), ["RequestExpiredException"],
            message: "Request has expired."),
        ErrorFamily(
            xml: ("Throttling", 400), json: ("ThrottlingException", 400), rest: 429, ec2: "RequestLimitExceeded",
            ["ThrottledException", "Throttled"], message: "Rate exceeded", isUsual: true),
        ErrorFamily(
            xml: ("InvalidAction", 400), json: ("UnknownOperationException", 400), rest: 404,
            ["UnknownOperation", "InvalidActionException"], message: "The requested operation is not valid."),
        ErrorFamily(
            xml: ("ValidationError", 400), json: ("ValidationException", 400),
            message: "The input fails to satisfy the constraints specified by the service."),
        ErrorFamily(
            xml: ("MissingParameter", 400), json: ("MissingParameterException", 400),
            ["MissingRequiredParameterException"],
            message: "The request must contain all required parameters."),
        ErrorFamily(
            xml: ("InvalidParameterValue", 400), json: ("InvalidParameterValueException", 400),
            message: "The value of an input parameter is not valid."),
        ErrorFamily(xml: nil, json: ("SerializationException", 400), message: "The request could not be read."),
        ErrorFamily(
            xml: ("MalformedQueryString", 404), json: nil, message: "The query string contains a syntax error.",
            isOfQueryAlone: true),
        ErrorFamily(
            xml: ("MissingAction", 400), json: nil,
            message: "The request is missing an action or a required parameter.", isOfQueryAlone: true),
        ErrorFamily(
            xml: ("InvalidQueryParameter", 400), json: nil,
            message: "The query string does not adhere to AWS standards.", isOfQueryAlone: true),
        ErrorFamily(
            xml: ("InvalidParameterCombination", 400), json: ("InvalidParameterCombinationException", 400),
            message: "Parameters that must not be used together were used together."),
        ErrorFamily(
            xml: ("NotAuthorized", 400), json: ("NotAuthorized", 400),
            message: "You do not have permission to perform this action."),
        ErrorFamily(
            xml: ("MalformedHttpRequestException", 400), json: ("MalformedHttpRequestException", 400),
            ["MalformedHttpRequest"], message: "The request is malformed at the HTTP level."),
        ErrorFamily(
            xml: ("RequestAbortedException", 400), json: ("RequestAbortedException", 400), ["RequestAborted"],
            message: "The request was aborted before a reply was returned."),
        ErrorFamily(
            xml: ("RequestTimeoutException", 408), json: ("RequestTimeoutException", 408), ["RequestTimeout"],
            message: "The request took too long to arrive."),
        ErrorFamily(
            xml: ("OptInRequired", 403), json: ("OptInRequired", 403), ["OptInRequiredException"],
            message: "The AWS Access Key Id needs a subscription for the service"),
        ErrorFamily(
            xml: ("InternalFailure", 500), json: ("InternalFailure", 500), ec2: "InternalError",
            [
                "InternalFailureException", "InternalError", "InternalErrorException", "InternalServerError",
                "InternalServerErrorException", "InternalServerException", "InternalServiceError",
                "InternalServiceErrorException", "InternalServiceException", "InternalServiceFault",
            ], message: "An internal error occurred. Please try again.", isUsual: true),
        ErrorFamily(
            xml: ("ServiceUnavailable", 503), json: ("ServiceUnavailable", 503), ec2: "Unavailable",
            ["ServiceUnavailableException", "ServiceUnavailableError"],
            message: "The service is unavailable. Please try again shortly.", isUsual: true),
        ErrorFamily(
            xml: ("RequestEntityTooLarge", 413), json: ("RequestEntityTooLargeException", 413),
            message: "The request is too large."),
    ]
}
