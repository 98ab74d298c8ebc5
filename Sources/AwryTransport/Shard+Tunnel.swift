// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

extension Shard {
    /// Takes the part of a host to which the client has asked for a tunnel, over TLS or not, as its first byte tells.
    func tunnel(to host: String, _ connection: Connection) {
        guard connection.tls == nil else {
            answer(Self.refusal(501, "tunnels are asked for in plain HTTP: HTTPS_PROXY=http://…"), connection)
            return
        }
        do throws(TLSError) {
            connection.context = try options.tunnels?.context(for: host)
            connection.machine.tunnel()
        } catch {
            answer(Self.refusal(502, "\(error)"), connection)
        }
    }

    /// Begins the conversation in a tunnel with what the client sent ahead of it; false if the connection is gone.
    func begin(_ first: [UInt8], _ connection: Connection) -> Bool {
        first.isEmpty || first.withUnsafeBytes { take($0, connection) }
    }

    private static func refusal(_ status: Int, _ text: String) -> Reply {
        Reply(.message(Reply.Message(status: status, reason: text, body: Array("\(text)\n".utf8))), closes: true)
    }
}
