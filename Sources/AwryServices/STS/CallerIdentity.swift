// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var getCallerIdentity: Handler? {
        { (_, call) throws(WireError) in
            .output([
                "UserId": .string(call.principal.userID), "Account": .string(call.principal.account),
                "Arn": .string(call.principal.arn),
            ])
        }
    }
    static var getAccessKeyInfo: Handler? {
        { (_, call) throws(WireError) in
            let id = call.members.text("AccessKeyId")
            guard let account = AccessKeyID.account(of: id) else {
                throw call.error("ValidationError", "\(id) is not an access key ID.")
            }
            return .output(["Account": .string(account)])
        }
    }
    static var decodeAuthorizationMessage: Handler? {
        { (_, call) throws(WireError) in
            guard let text = AuthorizationMessage.decode(call.members.text("EncodedMessage")) else {
                throw call.error(
                    "InvalidAuthorizationMessageException", "The encoded authorization message is not valid.")
            }
            return .output(["DecodedMessage": .string(text)])
        }
    }
}
