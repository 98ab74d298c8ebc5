// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// EC2's protocol (Smithy's ec2Query): the query protocol's form with names of its own, XML without a result element.
enum EC2Protocol: WireProtocol {
    /// The name space of answers: the model's, with the slash that EC2 ends it with.
    static func namespace(_ service: Service) -> String? {
        service.metadata.xmlNamespace.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    }

    static func headers(_ context: AnswerContext) -> [Header] {
        [Header("x-amzn-RequestId", context.requestID), Header("Content-Type", "text/xml;charset=UTF-8")]
    }
}
