// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// AWS JSON 1.0 and 1.1 (Smithy's awsJson1_0, awsJson1_1): an object in, an object out, the operation in
/// `X-Amz-Target`.
enum JSONProtocol: WireProtocol {
    static func contentType(_ dialect: Dialect) -> String {
        if case .json(let version) = dialect { "application/x-amz-json-\(version)" } else { "application/json" }
    }

    /// The services that write a name space before their errors' names, recorded from AWS. Others write the bare name.
    private static let namespaces = [
        "sqs": "com.amazonaws.sqs",
        "dynamodb": "com.amazonaws.dynamodb.v20120810",
        "dynamodbstreams": "com.amazonaws.dynamodb.v20120810",
    ]

    /// The name space of a service's error: its own for what it models, the framework's for everything else.
    static func namespace(of shape: String, in service: Service?) -> String? {
        guard let service, let own = namespaces[service.name] else { return nil }
        return service.error(shape) != nil ? own : "com.amazon.coral.service"
    }
}
