// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// What AWS answers where the service is known but the operation is not.
enum UnknownOperation {
    /// JSON services, by target.
    static let json = WireError("UnknownOperationException", status: 400)

    /// rest-json, rest-xml other than S3, and rpc-v2-cbor.
    static let rest = WireError("UnknownOperationException", status: 404)

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
        case .json: (json, dialect)
        case .query, .ec2: (.missingAction, dialect)
        case .restXML, .restJSON, .cbor: (rest, dialect)
        }
    }
}
