// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Messages with a code, as the triggers about them leave them.
extension UserPool {
    /// Sends a user a message: in the words of the pool's function, where it has one, and told to the pool's own
    /// sender, where it has that ("Custom message Lambda trigger", "Custom sender Lambda triggers"). AWS would leave
    /// the sending to the sender; here nobody else could read what it is told.
    func tell(
        _ user: PoolUser, _ purpose: String, _ code: String, _ message: PoolMessages.Message, at recipient: String,
        _ call: FakeCall
    ) throws(WireError) {
        var message = message
        let event = try trigger(
            "CustomMessage", as: "CustomMessage_\(purpose)", user, nil, call,
            request: [
                "codeParameter": .string(PoolMessages.codeMark), "linkParameter": "{##Click Here##}",
                "usernameParameter": purpose == "AdminCreateUser" ? .string(PoolMessages.nameMark) : .null,
                "clientMetadata": call.clientMetadata,
            ], response: ["smsMessage": .null, "emailMessage": .null, "emailSubject": .null])
        let response = event?["response"]?.fields ?? [:]
        if let text = response[message.channel == .sms ? "smsMessage" : "emailMessage"]?.string {
            message.text = messages.fill(text, code, user.username)
        }
        if message.channel == .email, let subject = response["emailSubject"]?.string { message.subject = subject }
        let sender = message.channel == .sms ? "SMS" : "Email"
        _ = try trigger(
            "Custom\(sender)Sender", as: "Custom\(sender)Sender_\(purpose)", user, nil, call,
            request: [
                "type": .string("custom\(sender)SenderRequestV1"), "code": .string(Base64.text(Array(code.utf8))),
                "clientMetadata": call.clientMetadata,
            ])
        message.send(to: recipient, call)
    }
}

extension PoolCode.Purpose {
    /// What the triggers about messages call it in this call.
    func name(in call: FakeCall) -> String {
        switch self {
        case .signUp: call.operation.name == "ResendConfirmationCode" ? "ResendCode" : "SignUp"
        case .forgotPassword: "ForgotPassword"
        case .attribute where call.operation.name == "GetUserAttributeVerificationCode": "VerifyUserAttribute"
        case .attribute: "UpdateUserAttribute"
        }
    }
}
