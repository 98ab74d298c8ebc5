// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryTransport
import Synchronization
import Testing

@Suite struct DeliveryTests {
    private func late(_ text: String, token: UInt64) -> Reply {
        Reply(.message(Reply.Message(status: 200, body: Array(text.utf8))), token: token)
    }

    @Test func sendsThePromisedAnswer() throws {
        try withServer { server, responder in
            let client = try Client(port: server.port)
            try client.send(get("/later") + get("/now"))
            try #require(responder.wait { !$0.promised.isEmpty })
            server.answer(late("late", token: 9), for: responder.seen.withLock { $0.promised[0] })
            #expect(try client.response().text == "late")
            #expect(try client.response().text == "now")
            try #require(responder.wait { $0.deliveries[9] != nil })
            let delivery = responder.seen.withLock { $0.deliveries[9] }
            #expect(delivery?.whole == true)
            #expect((delivery?.bytes ?? 0) > 60)
        }
    }

    @Test func takesOneAnswerForAnExchange() throws {
        try withServer { server, responder in
            let client = try Client(port: server.port)
            try client.send(get("/later"))
            try #require(responder.wait { !$0.promised.isEmpty })
            let exchange = responder.seen.withLock { $0.promised[0] }
            server.answer(late("first", token: 1), for: exchange)
            server.answer(late("second", token: 2), for: exchange)
            #expect(try client.response().text == "first")
            try #require(responder.wait { $0.deliveries.count == 2 })
            #expect(responder.seen.withLock { $0.deliveries[2]?.whole } == false)
            try client.send(get("/now"))
            #expect(try client.response().text == "now")
        }
    }

    @Test func answersForOthersAreDropped() throws {
        try withServer { server, responder in
            let client = try Client(port: server.port)
            try client.send(get("/later"))
            try #require(responder.wait { !$0.promised.isEmpty })
            var exchange = responder.seen.withLock { $0.promised[0] }
            exchange.generation += 1
            server.answer(late("", token: 1), for: exchange)
            exchange.slot = .max
            server.answer(late("", token: 2), for: exchange)
            exchange.shard = 7
            server.answer(late("", token: 3), for: exchange)
            try #require(responder.wait { $0.deliveries.count == 3 })
            #expect(responder.seen.withLock { $0.deliveries.values.allSatisfy { !$0.whole && $0.bytes == 0 } })
        }
    }

    @Test func tellsOfAClientThatWentAway() throws {
        try withServer { server, responder in
            var client: Client? = try Client(port: server.port)
            try client?.send(get("/later"))
            try #require(responder.wait { !$0.promised.isEmpty })
            client?.resetOnClose()
            client = nil
            try #require(responder.wait { !$0.abandoned.isEmpty })
            let exchange = responder.seen.withLock { $0.promised[0] }
            #expect(responder.seen.withLock { $0.abandoned } == [exchange])
            server.answer(late("nobody", token: 4), for: exchange)
            try #require(responder.wait { $0.deliveries[4] != nil })
            #expect(responder.seen.withLock { $0.deliveries[4]?.whole } == false)
        }
    }

    @Test func answersAClientThatEndedItsSide() throws {
        try withServer { server, responder in
            let client = try Client(port: server.port)
            try client.send(get("/later"))
            client.endSending()
            try #require(responder.wait { !$0.abandoned.isEmpty })
            server.answer(late("still", token: 0), for: responder.seen.withLock { $0.promised[0] })
            #expect(try client.response().text == "still")
            #expect(try client.toEnd() == [])
        }
    }

    @Test func holdsDelayedAnswersBack() throws {
        try withServer { server, responder in
            let client = try Client(port: server.port)
            for _ in 0..<3 {
                let start = Monotonic.now
                try client.send(get("/now/slow/token"))
                #expect(try client.response().text == "now")
                #expect(Monotonic.now - start >= 80_000_000)
            }
            try #require(responder.wait { $0.deliveries[7] != nil })
            #expect(responder.seen.withLock { $0.deliveries[7]?.whole } == true)
        }
    }

    @Test func reportsAnAnswerThatNobodyReads() throws {
        try withServer(ServerOptions(writeTimeout: .milliseconds(100))) { server, responder in
            let client = try Client(port: server.port, receiveBuffer: 4096)
            try client.send(get("/now/large/token"))
            try #require(responder.wait { $0.deliveries[7] != nil })
            let delivery = responder.seen.withLock { $0.deliveries[7] }
            #expect(delivery?.whole == false)
            #expect((delivery?.bytes ?? .max) < 8 << 20)
        }
    }

    @Test func reportsADelayedAnswerWhoseConnectionBroke() throws {
        try withServer { server, responder in
            var client: Client? = try Client(port: server.port)
            try client?.send(get("/now/slow/token"))
            // A reset that comes before the request was read takes the request away.
            try #require(responder.wait { !$0.heads.isEmpty })
            client?.resetOnClose()
            client = nil
            try #require(responder.wait { $0.deliveries[7] != nil })
            #expect(responder.seen.withLock { $0.deliveries[7]?.whole } == false)
        }
    }
}
