// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension RequestFacts {
    /// What DecodeAuthorizationMessage tells of a denial of this request ("DecodeAuthorizationMessage" of the STS API
    /// Reference lists what is in it), encoded.
    var authorizationMessage: String {
        let arn = origin.principal ?? "arn:aws:iam::\(origin.account):root"
        let context: Value = [
            "principal": ["id": .string(origin.accessKey ?? origin.account), "arn": .string(arn)],
            "action": .string("\(service.metadata.signingName):\(operation.name)"), "resource": "*",
            "conditions": ["items": []],
        ]
        return AuthorizationMessage.encode(
            JSON.text([
                "allowed": false, "explicitDeny": false, "matchedStatements": ["items": []],
                "failures": ["items": []], "context": context,
            ]))
    }
}
