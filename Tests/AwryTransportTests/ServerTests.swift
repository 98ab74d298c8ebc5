// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryTransport
import Synchronization
import Testing

/// Runs `body` with a server on a port of its own, and stops the server. It must have nothing open then.
func withServer(
    _ options: ServerOptions = ServerOptions(), _ body: (Server, ScriptedResponder) throws -> Void
) throws {
    let responder = ScriptedResponder()
    let server = Server(options: options, responder: responder)
    try server.start()
    defer {
        server.stop(grace: .zero)
        server.wait()
        #expect(server.counters.open == 0)
    }
    try body(server, responder)
}

@Suite struct ServerTests {
    @Test func answersSeveralRequestsOnOneConnection() throws {
        try withServer { server, responder in
            let client = try Client(port: server.port)
            for number in 1...3 {
                try client.send(get("/now/\(number)"))
                let response = try client.response()
                #expect(response.status == 200)
                #expect(response.text == "now")
                #expect(response.header("content-length") == "3")
                #expect(response.header("connection") == nil)
                #expect(response.header("date")?.hasSuffix("GMT") == true)
            }
            let arrivals = responder.seen.withLock { $0.arrivals }
            #expect(arrivals.map(\.peer) == ["127.0.0.1", "127.0.0.1", "127.0.0.1"])
            #expect(Set(arrivals.map(\.connection)).count == 1)
            #expect(Set(arrivals.map(\.exchange)).count == 3)
            #expect(server.counters.requests == 3)
            #expect(server.counters.accepted == 1)
        }
    }

    @Test func answersPipelinedRequestsInOrder() throws {
        try withServer { server, _ in
            let client = try Client(port: server.port)
            try client.send(
                get("/a") + get("/slow") + "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi" + get("/now"))
            #expect(try (1...4).map { _ in try client.response().text } == ["/a:", "/slow:", "/b:hi", "now"])
        }
    }

    /// What comes in one turn is answered together: each gets its own answer all the same, those that end with it too.
    @Test func answersManyClientsAtOnce() throws {
        try withServer { server, responder in
            let clients = try (0..<50).map { _ in try Client(port: server.port) }
            for round in 0..<3 {
                for (number, client) in clients.enumerated() {
                    try client.send(get("/a/\(round)/\(number)") + (number % 7 == 0 ? get("/b") : ""))
                }
                for (number, client) in clients.enumerated() {
                    #expect(try client.response().text == "/a/\(round)/\(number):")
                    if number % 7 == 0 { #expect(try client.response().text == "/b:") }
                }
            }
            let last = "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
            for client in clients { try client.send(last) }
            for client in clients {
                #expect(try client.response().text == "/last:")
                #expect(try client.toEnd() == [] && !client.wasReset)
            }
        }
    }

    @Test func sendsContinueBeforeTheBody() throws {
        try withServer { server, _ in
            let client = try Client(port: server.port)
            try client.send("PUT /k HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
            #expect(try client.response().status == 100)
            try client.send("body")
            #expect(try client.response().text == "/k:body")
        }
    }

    @Test func answersInsteadOfContinueAndCloses() throws {
        try withServer { server, _ in
            let client = try Client(port: server.port)
            try client.send("PUT /now HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
            let response = try client.response()
            #expect(response.status == 200)
            #expect(response.header("connection") == "close")
            #expect(try client.toEnd() == [])
            #expect(!client.wasReset)
        }
    }

    @Test func refusesAndCounts() throws {
        try withServer { server, _ in
            let client = try Client(port: server.port)
            try client.send("GET / HTTP/1.1\r\nHost : h\r\n\r\n")
            let response = try client.response()
            #expect(response.status == 400)
            #expect(response.header("connection") == "close")
            #expect(try client.toEnd() == [])
            #expect(server.counters.refused == [.spaceBeforeColon: 1])
        }
    }

    @Test func readsLargeBodiesAndSendsThem() throws {
        try withServer { server, _ in
            let client = try Client(port: server.port)
            let body = [UInt8](repeating: 1, count: 10 << 20)
            try client.send("PUT /length HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n")
            try client.send(body)
            #expect(try client.response().text == "\(body.count)")
            try client.send(get("/large"))
            #expect(try client.response().body.count == 8 << 20)
        }
    }
}
