// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest

extension HostedCall {
    /// The client that calls, which has proved its secret by the Authorization header or in the form (RFC 6749, 2.3.1).
    func client(of pool: UserPool) throws(WireError) -> UserPoolClient {
        var (id, secret) = (text("client_id"), text("client_secret"))
        if let header = text("Authorization") {
            guard let pair = Self.basic(header) else { throw call.error("invalid_client", nil) }
            // The form may name the client once more, but no other one.
            if let id, id != pair.id { throw call.error("invalid_request", nil) }
            (id, secret) = (pair.id, pair.secret)
        }
        guard let id, let client = pool.clients[id] else { throw call.error("invalid_client", nil) }
        let isRight = client.secrets.isEmpty ? secret ?? "" == "" : client.secrets.contains { $0.value == secret }
        guard isRight else { throw call.error("invalid_client", nil) }
        return client
    }

    /// Name and secret of `Basic …` (RFC 7617), percent-decoded as RFC 6749 wants them encoded.
    private static func basic(_ header: String) -> (id: String, secret: String)? {
        guard header.lowercased().hasPrefix("basic "), let bytes = Base64.decode(Array(header.dropFirst(6).utf8)),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return (
            PercentCoding.lenientText(bytes[..<colon], plusIsSpace: true),
            PercentCoding.lenientText(bytes[(colon + 1)...], plusIsSpace: true)
        )
    }

    /// A parameter that must be there.
    func required(_ name: String) throws(WireError) -> String {
        guard let text = text(name), !text.isEmpty else {
            throw call.error("invalid_request", "\(name) is missing")
        }
        return text
    }
}

extension UserPoolClient {
    /// What proves the newest secret in a call about this user.
    func secretHash(of user: String) -> String {
        Base64.text(Digests.hmacSHA256(key: (secrets.last?.value ?? "").utf8, Array("\(user)\(id)".utf8)))
    }
}
