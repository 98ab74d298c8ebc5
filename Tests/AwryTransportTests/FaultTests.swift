// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryTransport
import Synchronization
import Testing

/// Faults on real sockets: what comes, and whether RST or FIN follows.
@Suite struct FaultTests {
    /// What a raw client saw of a fault.
    private func seen(_ path: String) throws -> (body: Int, head: String, wasReset: Bool) {
        var seen: (body: Int, head: String, wasReset: Bool)?
        try withServer { server, responder in
            let client = try Client(port: server.port)
            try client.send(get("/fault/" + path))
            let text = String(decoding: try client.toEnd(), as: UTF8.self)
            let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            seen = (parts.count > 1 ? parts[1].utf8.count : 0, String(parts.first ?? ""), client.wasReset)
            try #require(responder.wait { $0.deliveries[7] != nil })
            let delivery = try #require(responder.seen.withLock { $0.deliveries[7] })
            #expect(delivery.bytes == text.utf8.count || path.hasPrefix("garbage"))
            #expect(!delivery.whole)
        }
        return try #require(seen)
    }

    @Test(arguments: ["reset", "resetMidBody", "resetMidBody/0", "resetMidBody/1000"])
    func resets(_ path: String) throws {
        let seen = try seen(path)
        #expect(seen.wasReset)
        #expect(seen.body == ["resetMidBody": 500, "resetMidBody/1000": 1000][path] ?? 0)
    }

    @Test(arguments: ["close", "closeMidHeaders", "truncate", "truncate/10", "garbage", "badChunk"])
    func ends(_ path: String) throws {
        let seen = try seen(path)
        #expect(!seen.wasReset)
        #expect(seen.body == ["truncate": 500, "truncate/10": 10, "badChunk": 5 + 500 + 2 + 4][path] ?? 0)
    }

    @Test(arguments: ["close", "garbage"])
    func endsInOrderWhileTheClientStillSends(_ name: String) throws {
        try withServer { server, _ in
            let client = try Client(port: server.port)
            // Not waited for, because of its size: its bytes are there, unread, when the server closes.
            try client.send("PUT /fault/\(name) HTTP/1.1\r\nHost: h\r\nContent-Length: 999999999\r\n\r\n")
            try client.send([UInt8](repeating: 0, count: 200_000))
            _ = try client.toEnd()
            #expect(!client.wasReset)
        }
    }

    @Test(arguments: ["stall/10", "blackhole"])
    func staysSilentUntilTheClientGoes(_ path: String) throws {
        try withServer { server, responder in
            var client: Client? = try Client(port: server.port)
            try client?.send(get("/fault/" + path))
            // The delivery is known before the client goes.
            try #require(responder.wait { $0.deliveries[7] != nil })
            #expect(responder.seen.withLock { $0.deliveries[7]?.whole } == false)
            let other = try Client(port: server.port)
            try other.send(get("/now"))
            #expect(try other.response().text == "now")
            #expect(server.counters.open == 2)
            client = nil
            // Its end comes to the loop among the next requests.
            for _ in 0..<1000 where server.counters.open != 1 {
                try other.send(get("/now"))
                _ = try other.response()
            }
            #expect(server.counters.open == 1)
        }
    }

    @Test func silenceHasALimit() throws {
        try withServer(ServerOptions(silenceLimit: .milliseconds(50))) { server, _ in
            let client = try Client(port: server.port)
            try client.send(get("/fault/blackhole"))
            #expect(try client.toEnd() == [])
            #expect(!client.wasReset)
        }
    }
}
