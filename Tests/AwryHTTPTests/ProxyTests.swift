// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import Testing

/// What a client asks of a proxy.
@Suite struct ProxyTests {
    private func parsed(_ line: String, host: String = "h") -> RequestHead? {
        var parser = HeadParser(limits: HTTPLimits())
        let outcome = parser.parse(Array("\(line)\r\nHost: \(host)\r\n\r\n".utf8).span)
        guard case .head(let head, _, _) = outcome else { return nil }
        return head
    }

    private func text(_ bytes: ArraySlice<UInt8>?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    @Test(arguments: [
        ("GET / HTTP/1.1", nil, "h", "/"), ("OPTIONS * HTTP/1.1", nil, "h", "*"),
        ("GET http://a.b HTTP/1.1", "a.b", "a.b", ""), ("GET http://a.b:8/c?d HTTP/1.1", "a.b:8", "a.b:8", "/c"),
        ("GET HTTPS://a.b?d=/e HTTP/1.1", "a.b", "a.b", ""),
        ("GET http://[::1]:8/c HTTP/1.1", "[::1]:8", "[::1]:8", "/c"),
        ("CONNECT a.b:443 HTTP/1.1", "a.b:443", "a.b:443", "a.b:443"),
        ("CONNECT [::1]:443 HTTP/1.1", "[::1]:443", "[::1]:443", "[::1]:443"),
    ])
    func theTargetSaysWhoIsMeant(_ line: String, _ authority: String?, _ host: String, _ path: String) throws {
        let head = try #require(parsed(line))
        #expect(text(head.targetAuthority) == authority)
        #expect(text(head.host) == host)
        #expect(text(head.path) == path)
        #expect(head.isForProxy == (authority != nil))
        #expect(head.isConnect == line.hasPrefix("CONNECT"))
    }

    @Test(arguments: [
        "CONNECT a.b", "CONNECT a.b:", "CONNECT a.b:0", "CONNECT a.b:65536", "CONNECT a.b:123456", "CONNECT :443",
        "CONNECT u@a.b:443", "CONNECT /a:443", "CONNECT http://a.b:443", "CONNECT a,b:443", "CONNECT *",
        "GET http:///a", "GET http://:80/a", "GET http://u@a.b/", "GET http://a#b/", "GET https://", "GET a.b:443",
    ])
    func refusesWhatNamesNoHost(_ line: String) {
        #expect(verified("\(line) HTTP/1.1\r\nHost: h\r\n\r\n").refusal == "badTarget")
    }

    @Test(arguments: ["connect", "Connect", "CONNECt"])
    func methodsAreToldApartByCase(_ method: String) {
        #expect(verified("\(method) h:443 HTTP/1.1\r\nHost: h\r\n\r\n").refusal == "unknownMethod")
    }

    @Test func anotherMethodAndTarget() throws {
        let head = try #require(parsed("POST http://a.b/c?d HTTP/1.1"))
        let other = head.with(method: Array("GET".utf8), target: Array("/e?f".utf8))
        #expect(other.method == "GET")
        #expect(text(other.path) == "/e")
        #expect(text(other.query) == "f")
        #expect(text(other.host) == "h")
    }

    @Test func aTunnelIsAnotherConversation() {
        let transcript = verified(
            "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nCONNECT tunnel:80 HTTP/1.1\r\nHost: h\r\n\r\n"
                + "GET /2 HTTP/1.1\r\nHost: i\r\n\r\n")
        #expect(
            transcript.lines == [
                #"head GET /1 ["Host=h"]"#, "body 0 []", #"head CONNECT tunnel:80 ["Host=h"]"#, "tunnel",
                #"head GET /2 ["Host=i"]"#, "body 0 []", "close",
            ])
        #expect(transcript.text.contains("\r\n\r\nHTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\n"))
    }

    /// Its head may speak of a body; what follows is for the tunnel all the same (RFC 9110 9.3.6).
    @Test(arguments: ["Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n"])
    func aRequestForATunnelHasNoBody(_ header: String) {
        let transcript = verified(
            "CONNECT tunnel:80 HTTP/1.1\r\nHost: h\r\n\(header)\r\nGET /now HTTP/1.1\r\nHost: i\r\n\r\n")
        #expect(transcript.lines.suffix(2) == [#"head GET /now ["Host=i"]"#, "close"])
        #expect(!transcript.text.contains("100 Continue"))
    }

    /// HTTP/1.0 knows CONNECT without Host, and its connections live on as tunnels.
    @Test func oldClientsHaveTunnels() {
        let transcript = verified("CONNECT tunnel:80 HTTP/1.0\r\n\r\nGET /now HTTP/1.1\r\nHost: i\r\n\r\n")
        #expect(transcript.lines == ["head CONNECT tunnel:80 []", "tunnel", #"head GET /now ["Host=i"]"#, "close"])
    }

    /// After a refusal nothing that was meant for the tunnel is taken for a request.
    @Test func aRefusedTunnelEndsTheConnection() {
        let transcript = verified(
            "CONNECT refused:80 HTTP/1.1\r\nHost: h\r\n\r\nGET /now HTTP/1.1\r\nHost: i\r\n\r\n")
        #expect(transcript.lines == [#"head CONNECT refused:80 ["Host=h"]"#, "close"])
    }

    @Test func bytesAheadOfTheTunnelAreHandedOver() {
        var connection = HTTPConnection(limits: HTTPLimits())
        var output = HTTPOutput()
        connection.received(Array("CONNECT a:443 HTTP/1.1\r\nHost: h\r\n\r\n\u{16}\u{03}".utf8).span)
        guard case .head = connection.next(into: &output, date: Transcript.date) else {
            Issue.record("no head")
            return
        }
        connection.tunnel()
        guard case .tunnel(let first) = connection.next(into: &output, date: Transcript.date) else {
            Issue.record("no tunnel")
            return
        }
        #expect(first == [0x16, 0x03])
        #expect(connection.isIdle)
        #expect(connection.waiting == .request)
        #expect(output.bytes == Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8))
    }
}
