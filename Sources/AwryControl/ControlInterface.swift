// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// JSON over HTTP under `/_awry/`: what tests and people ask of a running server.
public struct ControlInterface: Sendable {
    /// Sends one answer, exactly once.
    typealias Send = @Sendable (ControlAnswer) -> Void

    /// One thing that may be asked: a method, the first segments of the path, and who answers.
    struct Endpoint: Sendable {
        let method: String
        /// `scenarios/*`: a star is any one segment.
        let path: String
        let answer: @Sendable (ControlRequest, any ControlledServer, @escaping Send) throws(ControlError) -> Void

        /// An endpoint that answers at once.
        init(
            _ method: String, _ path: String,
            _ answer: @escaping @Sendable (ControlRequest, any ControlledServer) throws(ControlError) -> ControlAnswer
        ) {
            self.method = method
            self.path = path
            self.answer = { (request, server, send) throws(ControlError) in send(try answer(request, server)) }
        }

        /// An endpoint that may answer later.
        init(
            later method: String, _ path: String,
            _ answer:
                @escaping @Sendable (ControlRequest, any ControlledServer, @escaping Send) throws(ControlError)
                -> Void
        ) {
            self.method = method
            self.path = path
            self.answer = answer
        }

        func matches(_ segments: [String]) -> Bool {
            let wanted = path.split(separator: "/")
            return wanted.count == segments.count && zip(wanted, segments).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }

    static let endpoints =
        serverEndpoints + scenarioEndpoints + ruleEndpoints + journalEndpoints + eventEndpoints + callEndpoints
        + verifyEndpoints
        + clockEndpoints + explainEndpoints + messageEndpoints + packEndpoints + catalogEndpoints + sandboxEndpoints
        + metaEndpoints + consoleEndpoints

    /// What a path may begin with, and what is below it.
    private static let roots: [(prefix: [UInt8], endpoints: [Endpoint])] = [
        (Array("/_awry".utf8), endpoints), (Array("/moto-api".utf8), motoEndpoints),
        (Array("/_localstack".utf8), localStackEndpoints),
    ]

    private let server: any ControlledServer

    /// The control interface of a server.
    public init(_ server: any ControlledServer) {
        self.server = server
    }

    /// Whether a request is meant for the control interface: its path is under `/_awry/`, or under what other mocks
    /// have there, and no AWS signature says that a bucket of that name is meant.
    public func claims(_ head: RequestHead) -> Bool {
        guard Self.root(of: Self.split(head.path).path) != nil else { return false }
        return head.value("authorization") == nil && head.query.map { !Self.isPresigned($0) } ?? true
    }

    private static let sandboxes = Array("/_sandbox/".utf8)

    /// The sandbox that a path names, and what follows: below a sandbox's endpoint the control interface is about it.
    private static func split(_ path: ArraySlice<UInt8>) -> (sandbox: ArraySlice<UInt8>?, path: ArraySlice<UInt8>) {
        // Not worth a loop for nearly all paths.
        guard path.dropFirst().first == UInt8(ascii: "_"), path.starts(with: sandboxes) else { return (nil, path) }
        let rest = path.dropFirst(sandboxes.count)
        guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return (nil, path) }
        return (rest[..<slash], rest[slash...])
    }

    private static func root(of path: ArraySlice<UInt8>) -> Int? {
        // Hardly any path begins so, and every request is asked.
        guard path.dropFirst().first == UInt8(ascii: "_") || path.dropFirst().first == UInt8(ascii: "m") else {
            return nil
        }
        return roots.firstIndex { root in
            path.starts(with: root.prefix)
                && (path.count == root.prefix.count
                    || path[path.startIndex + root.prefix.count] == UInt8(ascii: "/"))
        }
    }

    /// Answers a request, at once or later, exactly once.
    public func answer(_ head: RequestHead, body: [UInt8], then send: @escaping @Sendable (Reply) -> Void) {
        let (sandbox, path) = Self.split(head.path)
        let named = sandbox.map { String(decoding: $0, as: UTF8.self) }
        let request = ControlRequest(head, path: path, sandbox: named, body: body)
        do throws(ControlError) {
            let name = request.sandbox
            guard name == "all" || server.isSandboxName(name) else {
                throw ControlError(
                    400, "sandbox=\(name): expected at most 64 letters, digits, `-` and `_`, or all")
            }
            let root = Self.roots[Self.root(of: path) ?? 0]
            let endpoint = try Self.endpoint(for: request, below: root)
            try Self.check(request, for: endpoint)
            try endpoint.answer(request, server) { send($0.reply) }
        } catch {
            send(ControlAnswer(error).reply)
        }
    }

    private static func endpoint(
        for request: ControlRequest, below root: (prefix: [UInt8], endpoints: [Endpoint])
    ) throws(ControlError) -> Endpoint {
        let here = root.endpoints.filter { $0.matches(request.segments) }
        if let endpoint = here.first(where: { $0.method == request.method }) { return endpoint }
        let path = String(decoding: root.prefix, as: UTF8.self) + "/" + request.segments.joined(separator: "/")
        guard here.isEmpty else {
            let methods = here.map(\.method).joined(separator: ", ")
            throw ControlError(405, "\(request.method) \(path): expected \(methods)")
        }
        let names = root.endpoints.compactMap { $0.path.split(separator: "/").first.map(String.init) }
        var seen: Set<String> = []
        let known = names.filter { seen.insert($0).inserted }
        let question = Nearest.question(for: request.segments.first ?? "", among: known)
        throw ControlError(
            404, "\(path): no such call\(question)", ["calls": .list(known.map { .string($0) })])
    }

    /// Refuses what an endpoint would not look at: `?sandobx=mine` must not reset another sandbox. What is about no
    /// sandbox, health checks among it, takes whatever it is sent; so does what is below the paths of other mocks.
    private static func check(_ request: ControlRequest, for endpoint: Endpoint) throws(ControlError) {
        guard let description = OpenAPI.descriptions[endpoint.method + " " + endpoint.path], description.isScoped else {
            return
        }
        let known = description.query + ["sandbox"]
        for name in request.query.map(\.name) where !known.contains(name) {
            throw ControlError(400, "unknown parameter `\(name)`\(Nearest.question(for: name, among: known))")
        }
    }

    private static func isPresigned(_ query: ArraySlice<UInt8>) -> Bool {
        query.split(separator: UInt8(ascii: "&")).contains {
            $0.starts(with: "X-Amz-Signature=".utf8) || $0.starts(with: "Signature=".utf8)
        }
    }
}
