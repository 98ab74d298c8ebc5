// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What AWS answers where the service is known but the operation is not.
enum UnknownOperation {
    /// JSON services, by target.
    static let json = WireError("UnknownOperationException", status: 400)

    /// rest-json, rest-xml other than S3, and rpc-v2-cbor.
    static let rest = WireError("UnknownOperationException", status: 404)

    /// Query services. SQS and EC2 have words of their own.
    static func query(_ action: String, version: String?, of service: Service?) -> WireError {
        let message =
            switch service?.name {
            case "sqs": "The action \(action) is not valid for this endpoint."
            case "ec2": "The action \(action) is not valid for this web service."
            default: "Could not find operation \(action) for version \(version ?? "NO_VERSION_SPECIFIED")"
            }
        return WireError("InvalidAction", status: 400, message: message)
    }

    /// A query service's request without `Action`.
    static let missingAction = WireError("MissingAction", status: 400, message: "Missing Action")

    /// S3's answer to a method that a resource does not have.
    static func s3(method: String, resource: String) -> WireError {
        WireError(
            "MethodNotAllowed", status: 405, message: "The specified method is not allowed against this resource.",
            fields: ["Method": .string(method), "ResourceType": .string(resource)])
    }

    /// What a service says in its own protocol, where no more is known than that nothing fits.
    static func plain(of service: Service) -> (WireError, Dialect) {
        let dialect = Dialect(service.metadata.protocols[0], of: service)
        return switch dialect {
        case .json, .jsonCBOR: (json, dialect)
        case .query, .ec2: (missingAction, dialect)
        case .restXML, .restJSON, .cbor, .website, .metadata: (rest, dialect)
        }
    }
}
