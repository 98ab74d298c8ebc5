// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryTransport
import Synchronization
import Testing

@Suite struct LimitTests {
    @Test func closesIdleConnections() throws {
        try withServer(ServerOptions(idleTimeout: .milliseconds(60))) { server, _ in
            let client = try Client(port: server.port)
            try client.send(get("/now"))
            #expect(try client.response().status == 200)
            #expect(try client.toEnd() == [])
            #expect(!client.wasReset)
            #expect(server.counters.refused.isEmpty)
        }
    }

    @Test func refusesAHeadThatDoesNotCome() throws {
        try withServer(ServerOptions(headTimeout: .milliseconds(60))) { server, _ in
            let client = try Client(port: server.port)
            try client.send("GET / HTTP/1.1\r\nHo")
            #expect(try client.response().status == 408)
            #expect(try client.toEnd() == [])
            #expect(server.counters.refused == [.headTimeout: 1])
        }
    }

    @Test func refusesABodyThatStops() throws {
        try withServer(ServerOptions(bodyTimeout: .milliseconds(60))) { server, _ in
            let client = try Client(port: server.port)
            try client.send("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
            #expect(try client.response().status == 408)
            #expect(try client.toEnd() == [])
        }
    }

    @Test func aClientThatStillSendsGetsItsRefusal() throws {
        try withServer { server, _ in
            let client = try Client(port: server.port)
            try client.send("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: \(65 << 20)\r\n\r\n")
            try client.send([UInt8](repeating: 0, count: 16 << 20))
            #expect(try client.response().status == 413)
            client.endSending()
            #expect(try client.toEnd() == [])
            #expect(!client.wasReset)
        }
    }

    @Test func keepsConnectionsWaitingAboveTheLimit() throws {
        try withServer(ServerOptions(maxConnections: 2)) { server, _ in
            var first: Client? = try Client(port: server.port)
            let second = try Client(port: server.port)
            for client in [first, second] {
                try client?.send(get("/now"))
                #expect(try client?.response().status == 200)
            }
            let third = try Client(port: server.port)
            try third.send(get("/now"))
            try second.send(get("/now"))
            #expect(try second.response().status == 200)
            #expect(server.counters.accepted == 2)
            first = nil
            #expect(try third.response().status == 200)
            #expect(server.counters.accepted == 3)
        }
    }

    @Test func holdsBackWhatASlowReaderAsksFor() throws {
        try withServer { server, responder in
            let client = try Client(port: server.port, receiveBuffer: 4096)
            try client.send((1...5).map { get("/now/large/\($0)") }.joined())
            for _ in 1...5 { #expect(try client.response().body.count == 8 << 20) }
            #expect(responder.seen.withLock { $0.heads.count } == 5)
        }
    }

    @Test func survivesResetsInEveryPhase() throws {
        try withServer { server, responder in
            let phases = [
                "", "GET / HT", "PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc", get("/later"),
                get("/now/large"), get("/now/slow"), "BAD\r\n\r\n", get("/now/close"),
            ]
            for number in 0..<400 {
                let client = try Client(port: server.port)
                try client.send(phases[number % phases.count])
                if number % 3 != 0 { client.resetOnClose() }
            }
            // Each turn of the loop closes some: as long as there are any, there are turns. Clients that ended in order
            // are still owed what was promised.
            let client = try Client(port: server.port)
            var turns = 0
            while server.counters.open > 1, turns < 100_000 {
                for exchange in responder.takePromised() {
                    server.answer(Reply(.bytes([0x61], close: true)), for: exchange)
                }
                try client.send(get("/now"))
                #expect(try client.response().status == 200)
                turns += 1
            }
            #expect(server.counters.open == 1)
        }
    }
}
