// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryScenario
import AwryServer
import AwryTransport
import Glibc

/// Where a test's requests go: through the connection's state machine, or over a socket. One text serves both.
enum Target: String, CaseIterable, Sendable {
    case inMemory
    case live
}

/// A server for one test.
final class Fixture {
    let sandboxes: Sandboxes
    let pipeline: Pipeline
    private let server: Server?

    init(_ target: Target, _ scenario: String = "", options: PipelineOptions = PipelineOptions()) throws {
        let texts = scenario.isEmpty ? [] : [SourceText(name: "test.yaml", text: scenario)]
        sandboxes = Sandboxes(base: try ScenarioLoader(isFaked: { _, _ in true }).load(texts).scenarios)
        pipeline = Pipeline(options: options, sandboxes: sandboxes, local: NoInterface(), log: SilentLog())
        guard target == .live else {
            server = nil
            return
        }
        let server = Server(options: ServerOptions(), responder: pipeline)
        pipeline.attach(server)
        try server.start()
        self.server = server
    }

    deinit {
        server?.stop(grace: .zero)
        server?.wait()
    }

    /// The journal of the sandbox that requests without a name are in.
    var journal: [JournalEntry] { sandboxes.sandbox("default").journal.entries() }

    /// Sends one request and gives all that comes back; the connection ends after it.
    func send(_ request: String) -> Answer {
        let bytes = Array(request.replacingLineEnds.utf8)
        guard let server else { return Answer(throughMachine(bytes)) }
        return Answer(Self.exchange(bytes, port: server.port))
    }

    /// A call to a service that speaks JSON.
    func call(_ target: String, _ body: String, headers: String = "amz-sdk-invocation-id: call-a\n") -> Answer {
        send(
            """
            POST / HTTP/1.1
            Host: localhost
            Connection: close
            X-Amz-Target: \(target)
            Content-Type: application/x-amz-json-1.1
            \(headers)Content-Length: \(body.utf8.count)

            \(body)
            """)
    }

    private func throughMachine(_ bytes: [UInt8]) -> [UInt8] {
        var machine = HTTPConnection(limits: HTTPLimits())
        var output = HTTPOutput()
        var sent: [UInt8] = []
        var pending: (any PendingRequest)?
        let exchange = ExchangeID(shard: 0, slot: 0, generation: 0)
        machine.received(bytes.span)
        while true {
            switch machine.next(into: &output, date: Array("Sun, 01 Mar 2026 12:00:00 GMT".utf8)) {
            case .head(let head):
                switch pipeline.head(head, Arrival(peer: "127.0.0.1", connection: 1, at: 0, exchange: exchange)) {
                case .answer(let reply): machine.answer(reply)
                case .readBody(let asked, let plan):
                    pending = asked
                    machine.readBody(plan)
                case .tunnel: machine.tunnel()
                }
            case .body(let body):
                guard let pending else { return sent }
                var decision = pipeline.body(body, of: pending)
                while case .after(_, let waiting) = decision { decision = pipeline.resume(waiting) }
                guard case .answer(let reply) = decision else { return sent }
                machine.answer(reply)
            case .remainder(let body, let sink): sink.take(body)
            case .answered(let token, let count, let isWhole):
                pipeline.delivered(token, Delivery(whole: isWhole, bytes: count, endedAt: 0))
            case .wait where machine.waiting == .delay: machine.timedOut()
            case .flush, .refused: break
            case .tunnel(let first): machine.received(first.span)
            case .wait, .close, .reset: return sent + output.bytes + output.body
            }
            if output.count > 1 << 20 { sent += output.bytes + output.body; output.clear() }
        }
    }

    private static func exchange(_ bytes: [UInt8], port: UInt16) -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        // A bound on a failing test; no test waits for it.
        var bound = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0, Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        else { return [] }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { received += buffer[..<count] }
        return received
    }
}

/// What came back, taken apart as far as tests ask.
struct Answer {
    let raw: String
    let status: Int
    let headers: [(name: String, value: String)]
    let body: String

    init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let end = text.range(of: "\r\n\r\n")
        let lines = text[..<(end?.lowerBound ?? text.endIndex)].split(separator: "\r\n")
        raw = text
        status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (parts[0].lowercased(), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        body = end.map { String(text[$0.upperBound...]) } ?? ""
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// There is nothing beside AWS.
private struct NoInterface: LocalInterface {
    func claims(_ head: RequestHead) -> Bool { false }
    func answer(_ head: RequestHead, body: [UInt8], then send: @escaping @Sendable (Reply) -> Void) {}
}

extension Server: Answering {}

extension String {
    /// A test's text as it goes over the wire: CR LF in the head, the body as it is.
    fileprivate var replacingLineEnds: String {
        guard let end = range(of: "\n\n") else { return self }
        let head = self[..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        return head.joined(separator: "\r\n") + "\r\n\r\n" + self[end.upperBound...]
    }

    fileprivate func range(of part: String) -> Range<Index>? {
        ranges(of: part).first
    }
}
