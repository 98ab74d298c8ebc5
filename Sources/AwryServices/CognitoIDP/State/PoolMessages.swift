// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What a pool writes to its users: its own templates, or AWS's defaults ("Configuring verification and invitation
/// messages" of Cognito's guide).
struct PoolMessages {
    /// One message, ready to be sent.
    struct Message {
        let channel: OutboxMessage.Channel
        var subject: String?
        var text: String

        func send(to recipient: String, _ call: FakeCall) {
            call.send(channel, to: recipient, subject: subject, text: text)
        }
    }

    private let settings: Fields

    init(_ settings: Fields) {
        self.settings = settings
    }

    private func template(_ name: String) -> String? {
        settings["VerificationMessageTemplate"]?.fields?[name]?.string
    }

    /// What stands for the code in a template, and for the user's name.
    static let codeMark = "{####}"
    static let nameMark = "{username}"

    func fill(_ template: String, _ code: String, _ username: String) -> String {
        template.replacing(Self.codeMark, with: code).replacing(Self.nameMark, with: username)
    }

    /// The code that confirms an account, an attribute, or a new password.
    func verification(_ code: String, _ user: PoolUser, by channel: OutboxMessage.Channel) -> Message {
        switch channel {
        case .sms:
            let text =
                template("SmsMessage") ?? settings["SmsVerificationMessage"]?.string
                ?? "Your verification code is {####}."
            return Message(channel: .sms, subject: nil, text: fill(text, code, user.username))
        case .email:
            let text =
                template("EmailMessage") ?? settings["EmailVerificationMessage"]?.string
                ?? "Your verification code is {####}."
            let subject =
                template("EmailSubject") ?? settings["EmailVerificationSubject"]?.string ?? "Your verification code"
            return Message(channel: .email, subject: subject, text: fill(text, code, user.username))
        }
    }

    /// The code of a second factor.
    func authentication(_ code: String, _ user: PoolUser, by channel: OutboxMessage.Channel) -> Message {
        let text = settings["SmsAuthenticationMessage"]?.string ?? "Your authentication code is {####}."
        let subject = channel == .email ? "Your sign-in code" : nil
        return Message(channel: channel, subject: subject, text: fill(text, code, user.username))
    }

    /// The temporary password of a user whom an administrator has made.
    func invitation(_ password: String, _ user: PoolUser, by channel: OutboxMessage.Channel) -> Message {
        let template = settings["AdminCreateUserConfig"]?.fields?["InviteMessageTemplate"]?.fields
        let text =
            template?[channel == .sms ? "SMSMessage" : "EmailMessage"]?.string
            ?? "Your username is {username} and temporary password is {####}."
        let subject = channel == .email ? template?["EmailSubject"]?.string ?? "Your temporary password" : nil
        let shown = user.attributes["email"] ?? user.attributes["phone_number"] ?? user.username
        let name = user.username == user.sub ? shown : user.username
        return Message(channel: channel, subject: subject, text: fill(text, password, name))
    }
}
