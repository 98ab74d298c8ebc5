// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryTransport

@Suite struct TunnelTests {
    @Test func certificatesAreKept() throws {
        let certificates = NamedCertificates(try Authority.make())
        let first = try certificates.context(for: "sqs.us-east-1.amazonaws.com")
        #expect(try certificates.context(for: "sqs.us-east-1.amazonaws.com") === first)
        #expect(try certificates.context(for: "127.0.0.1") !== first)
        #expect(certificates.count == 2)
    }

    @Test func theOldestGo() throws {
        let certificates = NamedCertificates(try Authority.make())
        let first = try certificates.context(for: "0.aws")
        for number in 1..<NamedCertificates.most { _ = try certificates.context(for: "\(number).aws") }
        #expect(try certificates.context(for: "0.aws") === first)
        for number in 0..<3 { _ = try certificates.context(for: "\(number).more") }
        #expect(certificates.count == NamedCertificates.most)
        #expect(try certificates.context(for: "0.aws") !== first)
    }

    /// `::1` is an address; names are never longer than DNS has them, and bring no second subject in.
    @Test func onlyNamesHaveCertificates() throws {
        let certificates = NamedCertificates(try Authority.make())
        _ = try certificates.context(for: "::1")
        _ = try certificates.context(for: String(repeating: "b", count: 63) + ".s3.us-east-1.amazonaws.com")
        for name in ["", "a,DNS:b", "A", "a b", "a\n", "ä", String(repeating: "a", count: 254)] {
            #expect(throws: TLSError.self) { try certificates.context(for: name) }
        }
        #expect(certificates.count == 2)
    }

    @Test func plainHTTPGoesThroughATunnel() throws {
        let server = Server(options: ServerOptions(), responder: ScriptedResponder())
        try server.start()
        defer {
            server.stop(grace: .zero)
            server.wait()
        }
        let client = try Client(port: server.port)
        try client.send("CONNECT tunnel:80 HTTP/1.1\r\nHost: h\r\n\r\n" + get("/ahead"))
        #expect(try client.response(toHead: true).status == 200)
        #expect(try client.response().text == "/ahead:")
        try client.send(get("/later/on"))
        #expect(try client.response().text == "/later/on:")
    }

    /// What was pipelined before the tunnel goes out before it.
    @Test func answersBeforeATunnelAreWhole() throws {
        let server = Server(options: ServerOptions(), responder: ScriptedResponder())
        try server.start()
        defer {
            server.stop(grace: .zero)
            server.wait()
        }
        let client = try Client(port: server.port, receiveBuffer: 4096)
        try client.send(get("/now/large") + "CONNECT tunnel:80 HTTP/1.1\r\nHost: h\r\n\r\n" + get("/now"))
        #expect(try client.response().body.count == 8 << 20)
        #expect(try client.response(toHead: true).status == 200)
        #expect(try client.response().text == "now")
    }
}
