// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// rest-json (Smithy's restJson1): members in path, query and headers; the rest as a JSON object, or one member as the
/// whole body. 250 services speak it, Lambda, API Gateway and EFS among them.
enum RESTJSONProtocol: WireProtocol {
    static let contentType = "application/json"

    /// The id that every answer has.
    static func identification(_ context: AnswerContext) -> [Header] {
        [Header("x-amzn-RequestId", context.requestID)]
    }
}
