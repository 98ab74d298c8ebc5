// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryWire

/// A request of a HAR recording.
struct HARRequest {
    /// What it is to a person: its method and its URL without the query, which may hold a signature.
    let label: String
    /// What it asks of AWS, as `match` has it; nil where it is not AWS's, or is no call.
    let match: Fields?

    /// Nil where the method or the URL is missing.
    init?(_ request: Fields) {
        guard let method = request["method"]?.string, let url = request["url"]?.string else { return nil }
        label = "\(method) \(url.prefix { $0 != "?" && $0 != "#" })"
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let rest = url[scheme.upperBound...].prefix { $0 != "#" }
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest[host.endIndex...]
        let headers = Self.headers(request)
        guard Self.isAWS(host: String(host), target: String(target), headers) else {
            match = nil
            return
        }
        var text = "\(method) \(target.hasPrefix("/") ? "" : "/")\(target) HTTP/1.1\r\nHost: \(host)\r\n"
        for header in headers
        where header.name.lowercased() != "host" && !Self.framing.contains(header.name.lowercased()) {
            text += "\(header.name): \(header.value)\r\n"
        }
        var parser = HeadParser(limits: HTTPLimits())
        guard case .head(let head, _, _) = parser.parse(Array((text + "\r\n").utf8).span) else {
            match = nil
            return
        }
        let body = Array((request["postData"]?.fields?["text"]?.string ?? "").utf8)
        guard case .call(let call) = Identifier.shared.identify(head, body: body[...]) else {
            match = nil
            return
        }
        match = Self.match(call)
    }

    /// What tells where a body ends, which is known here.
    private static let framing: Set<String> = ["content-length", "transfer-encoding", "expect"]

    private static func match(_ call: IdentifiedCall) -> Fields {
        var match: Fields = ["service": .string(call.service.name), "operation": .string(call.operation.name)]
        var params = Fields()
        if let bucket = call.hostBucket { params["Bucket"] = ImportedScenario.exactly(bucket) }
        for label in call.labels where !label.value.isEmpty {
            let member = call.operation.input.flatMap { input in
                call.service[input].members.first { $0.location == .uri && $0.wireName == label.name }
            }
            params[member?.name ?? label.name] = ImportedScenario.exactly(label.value)
        }
        if !params.isEmpty { match["params"] = .structure(params) }
        return match
    }

    /// The headers that HTTP/1.1 can have: HTTP/2's own begin with a colon.
    static func headers(_ message: Fields) -> [Header] {
        (message["headers"]?.list ?? []).compactMap { header in
            guard let name = header.fields?["name"]?.string, let value = header.fields?["value"]?.string,
                !name.hasPrefix(":"), !(name + value).utf8.contains(where: { $0 == 0x0A || $0 == 0x0D })
            else { return nil }
            return Header(name, value)
        }
    }

    /// Whether it went to AWS, or to something that stands for it: signed, or with a target's header.
    private static func isAWS(host: String, target: String, _ headers: [Header]) -> Bool {
        let name = String(host.prefix { $0 != ":" }).lowercased()
        return AWSDomains.cover(name) || target.contains("X-Amz-Credential=")
            || headers.contains {
                $0.name.lowercased() == "x-amz-target"
                    || $0.name.lowercased() == "authorization" && $0.value.hasPrefix("AWS4-")
            }
    }
}
