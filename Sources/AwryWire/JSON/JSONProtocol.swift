// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// AWS JSON 1.0 and 1.1 (Smithy's awsJson1_0, awsJson1_1): an object in, an object out, the operation in
/// `X-Amz-Target`.
enum JSONProtocol: WireProtocol {
    static func contentType(_ dialect: Dialect) -> String {
        // Both versions as they are, since putting a text together costs more than all else of a small answer.
        switch dialect {
        case .json(version: "1.1"): "application/x-amz-json-1.1"
        case .json(version: "1.0"): "application/x-amz-json-1.0"
        case .json(let version): "application/x-amz-json-\(version)"
        default: "application/json"
        }
    }

    /// The name space of a service's error: its own for what it models, the framework's for everything else.
    static func namespace(of shape: String, in service: Service?) -> String? {
        guard let service, let own = namespace(of: service) else { return nil }
        return service.error(shape) != nil ? own : "com.amazon.coral.service"
    }

    /// The services that write a name space before their errors' names, recorded from AWS. Others write the bare name.
    private static func namespace(of service: Service) -> String? {
        switch service.name {
        case "sqs": "com.amazonaws.sqs"
        case "dynamodb", "dynamodbstreams": "com.amazonaws.dynamodb.v20120810"
        default: nil
        }
    }
}
