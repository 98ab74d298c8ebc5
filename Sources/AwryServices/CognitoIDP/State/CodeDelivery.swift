// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// By which way a code goes to a user.
struct CodeDelivery {
    let attribute: String
    let recipient: String

    var isEmail: Bool { attribute == "email" }
    var channel: OutboxMessage.Channel { isEmail ? .email : .sms }

    /// As answers show it, the address hidden but for its beginning, the number but for its end.
    var described: Value {
        [
            "Destination": .string(Self.hidden(recipient)), "DeliveryMedium": .string(isEmail ? "EMAIL" : "SMS"),
            "AttributeName": .string(attribute),
        ]
    }

    static func hidden(_ recipient: String) -> String {
        let parts = recipient.split(separator: "@")
        guard parts.count == 2 else {
            return "+" + String(repeating: "*", count: max(recipient.count - 5, 0)) + recipient.suffix(4)
        }
        return "\(parts[0].prefix(1))***@\(parts[1].prefix(1))***"
    }

    /// What a client is told that hides whether a user exists: the same for the same name each time.
    static func invented(for name: String) -> Value {
        let recipient = SchemaAttribute.isAddress(name) ? name : "\(name.prefix(1))@\(name.suffix(1))"
        return CodeDelivery(attribute: "email", recipient: recipient).described
    }
}

extension UserPool {
    /// Where a user's code goes when he signs up: to what the pool verifies by itself, the telephone first.
    func delivery(signingUp user: PoolUser) -> CodeDelivery? {
        for attribute in ["phone_number", "email"] where verifiedByItself.contains(attribute) {
            if let value = user.attributes[attribute] { return CodeDelivery(attribute: attribute, recipient: value) }
        }
        return nil
    }

    /// Where the code for a new password goes: to what is verified, in the order of the pool's recovery settings.
    func delivery(recovering user: PoolUser) -> CodeDelivery? {
        let mechanisms = settings["AccountRecoverySetting"]?.fields?["RecoveryMechanisms"]?.list?.compactMap(\.fields)
        let order =
            mechanisms?.sorted { ($0["Priority"]?.integer ?? 9) < ($1["Priority"]?.integer ?? 9) }
            .compactMap { $0["Name"]?.string } ?? ["verified_phone_number", "verified_email"]
        for name in order {
            let attribute = String(name.dropFirst("verified_".count))
            if let value = user.attributes[attribute], user.attributes["\(attribute)_verified"] == "true" {
                return CodeDelivery(attribute: attribute, recipient: value)
            }
        }
        return nil
    }

    /// Sends a code that the user gives back; nil where there is nowhere to send it to.
    mutating func sendCode(
        _ purpose: PoolCode.Purpose, to user: inout PoolUser, lasting span: Duration, _ call: FakeCall
    ) throws(WireError) -> Value? {
        let delivery: CodeDelivery?
        let verifies: String?
        switch purpose {
        case .signUp:
            delivery = self.delivery(signingUp: user)
            verifies = delivery?.attribute
        case .forgotPassword:
            delivery = self.delivery(recovering: user)
            verifies = nil
        case .attribute(let name):
            let value = user.pendingAttributes[name] ?? user.attributes[name]
            delivery = value.map { CodeDelivery(attribute: name, recipient: $0) }
            verifies = name
        }
        guard let delivery else { return nil }
        let code = identifiers.sixDigits()
        let message = messages.verification(code, user, by: delivery.channel)
        try tell(user, purpose.name(in: call), code, message, at: delivery.recipient, call)
        user.codes[purpose] = PoolCode(code: code, until: call.now + span, attribute: verifies)
        return delivery.described
    }

    var messages: PoolMessages { PoolMessages(settings) }
}

extension PoolUser {
    /// The code that was sent for this, if it is this one and has not run out; a wrong one is counted.
    mutating func take(
        _ purpose: PoolCode.Purpose, _ code: String, _ call: FakeCall
    ) throws(WireError) -> PoolCode {
        guard let sent = codes[purpose], sent.until > call.now else { throw call.staleCode() }
        guard sent.code == code else { throw call.wrongCode() }
        return sent
    }
}
