// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `calls`: the journal by what programs asked their SDKs for.
    static var callEndpoints: [Endpoint] {
        [Endpoint("GET", "calls") { (request, server) throws(ControlError) in try calls(request, server) }]
    }

    /// The calls of which some request passes the filters of `requests`, oldest first, each with all of its attempts:
    /// as JSON, or drawn as text with `format=text`.
    private static func calls(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let filter = try filter(of: request)
        let format = try request.format(["json", "text"])
        var found: [(call: SDKCall, isJudged: Bool)] = []
        var dropped = 0
        for sandbox in server.sandboxes(request.sandbox) {
            let journal = sandbox.journal.snapshot()
            dropped += journal.dropped
            for call in SDKCall.calls(in: journal) where call.attempts.contains(where: filter.matches) {
                found.append((call, journal.dropped == 0))
            }
        }
        found.sort { ($0.call.attempts.first?.arrived ?? 0) < ($1.call.attempts.first?.arrived ?? 0) }
        if format == "text" {
            let texts = found.map { CallTimeline($0.call).text(isJudged: $0.isJudged) }
            return .text(texts.isEmpty ? "no calls\n" : texts.joined(separator: ""))
        }
        let values = found.map { $0.call.value(isJudged: $0.isJudged) }
        return .json(["calls": .list(values), "dropped": .integer(Int64(dropped))])
    }
}

extension ControlRequest {
    /// What `?format=` asks for, the first of these without it.
    func format(_ known: [String]) throws(ControlError) -> String {
        guard let asked = parameter("format") else { return known[0] }
        guard known.contains(asked) else {
            throw ControlError(400, "format=\(asked): expected \(known.joined(separator: ", "))")
        }
        return asked
    }
}
