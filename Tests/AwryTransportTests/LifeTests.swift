// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryTransport
import Synchronization
import Testing

@Suite struct LifeTests {
    @Test func finishesWhatIsUnderWay() throws {
        let responder = ScriptedResponder()
        let server = Server(options: ServerOptions(), responder: responder)
        try server.start()
        let idle = try Client(port: server.port)
        try idle.send(get("/now"))
        #expect(try idle.response().status == 200)
        let busy = try Client(port: server.port)
        try busy.send(get("/later"))
        try #require(responder.wait { !$0.promised.isEmpty })

        server.stop(grace: .seconds(60))
        #expect(try idle.toEnd() == [])
        #expect(throws: Client.Failure.self) { _ = try Client(port: server.port) }
        server.answer(
            Reply(.message(Reply.Message(status: 200, body: [0x61]))), for: responder.seen.withLock { $0.promised[0] })
        let response = try busy.response()
        #expect(response.text == "a")
        #expect(response.header("connection") == "close")
        server.wait()
        #expect(server.counters.open == 0)
    }

    @Test func cutsOffWhatTakesTooLong() throws {
        let responder = ScriptedResponder()
        let server = Server(options: ServerOptions(), responder: responder)
        try server.start()
        let client = try Client(port: server.port)
        try client.send(get("/later"))
        try #require(responder.wait { !$0.promised.isEmpty })
        server.stop(grace: .milliseconds(30))
        server.wait()
        #expect(try client.toEnd() == [])
        // Too late for everything.
        let exchange = responder.seen.withLock { $0.promised[0] }
        server.answer(Reply(.bytes([], close: true), token: 3), for: exchange)
        #expect(responder.seen.withLock { $0.deliveries[3]?.whole } == false)
        #expect(responder.seen.withLock { $0.abandoned } == [exchange])
    }

    @Test func saysWhyItCannotListen() throws {
        try withServer { server, responder in
            let second = Server(options: ServerOptions(port: server.port), responder: responder)
            #expect(throws: ListenError.portTaken(host: "127.0.0.1", port: server.port)) { try second.start() }
            let wrong = Server(options: ServerOptions(host: "not an address"), responder: responder)
            #expect(throws: ListenError.badAddress("not an address")) { try wrong.start() }
            // 203.0.113.0/24 is for documentation (RFC 5737): no machine has it.
            let foreign = Server(options: ServerOptions(host: "203.0.113.1"), responder: responder)
            #expect(throws: ListenError.addressNotHere("203.0.113.1")) { try foreign.start() }
        }
    }

    @Test func servesBothFamilies() throws {
        try withServer(ServerOptions(host: "::")) { server, responder in
            for isIPv6 in [true, false] {
                let client = try Client(port: server.port, isIPv6: isIPv6)
                try client.send(get("/now"))
                #expect(try client.response().status == 200)
            }
            #expect(responder.seen.withLock { $0.arrivals.map(\.peer) } == ["::1", "127.0.0.1"])
        }
    }

    @Test func sharesThePortAmongShards() throws {
        try withServer(ServerOptions(shards: 2)) { server, responder in
            let clients = try (0..<64).map { _ in try Client(port: server.port) }
            for client in clients { try client.send(get("/later")) }
            try #require(responder.wait { $0.promised.count == 64 })
            let promised = responder.seen.withLock { $0.promised }
            #expect(Set(promised.map(\.shard)) == [0, 1])
            for exchange in promised { server.answer(Reply(.bytes([0x61], close: true)), for: exchange) }
            for client in clients { #expect(try client.toEnd() == [0x61]) }
            #expect(Set(responder.seen.withLock { $0.arrivals.map(\.connection) }).count == 64)
            #expect(server.counters.accepted == 64)
        }
    }
}
