// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario

extension ControlInterface {
    /// `clock`: the sandbox's clock, read and moved.
    static var clockEndpoints: [Endpoint] {
        [
            Endpoint("GET", "clock") { (request, server) throws(ControlError) in
                answer(server.sandboxes(request.sandbox).map { ($0.name, $0.clock.reading) }, of: request)
            },
            Endpoint("POST", "clock") { (request, server) throws(ControlError) in try change(request, server) },
        ]
    }

    /// Where one of several clocks cannot make the change, none does.
    private static func change(
        _ request: ControlRequest, _ server: any ControlledServer
    ) throws(ControlError) -> ControlAnswer {
        let change = try clockChange(try request.fields())
        let sandboxes = server.sandboxes(request.sandbox)
        if let stuck = sandboxes.first(where: { !$0.clock.allows(change) }) {
            let range = [SandboxClock.range.lowerBound, SandboxClock.range.upperBound]
            let ends = range.map { TimeFormats.iso8601($0) }.joined(separator: " to ")
            throw ControlError(400, "the clock of sandbox `\(stuck.name)` would leave \(ends)")
        }
        let readings = sandboxes.map { ($0.name, $0.clock.change(change)) }
        for (name, reading) in readings { server.events.tell(.clock, in: name, value(of: reading).fields ?? [:]) }
        return answer(readings, of: request)
    }

    private static let clockKeys = ["set", "advance", "freeze", "run"]

    private static func clockChange(_ fields: Fields) throws(ControlError) -> SandboxClock.Change {
        var change = SandboxClock.Change()
        for (name, value) in fields {
            switch name {
            case "set":
                guard let moment = value.string.flatMap({ TimeFormats.parseISO8601($0) }) else {
                    throw ControlError(400, "`set`: expected a moment like \"2026-03-01T12:00:00Z\"")
                }
                change.set = moment
            case "advance":
                guard let span = SpanText.parse(value.string ?? JSON.text(value)), span >= .zero else {
                    throw ControlError(400, "`advance`: expected a time like \"10m\" or a number of seconds")
                }
                change.advance = span
            case "freeze", "run":
                guard value.bool == true else { throw ControlError(400, "`\(name)`: expected true") }
                guard change.freeze == nil else { throw ControlError(400, "`freeze` and `run` exclude each other") }
                change.freeze = name == "freeze"
            default:
                throw ControlError(400, "unknown key `\(name)`\(Nearest.question(for: name, among: clockKeys))")
            }
        }
        guard !fields.isEmpty else {
            throw ControlError(400, "expected one or more of \(clockKeys.joined(separator: ", "))")
        }
        return change
    }

    /// One sandbox's clock as such; all sandboxes' by their names.
    private static func answer(
        _ readings: [(String, SandboxClock.Reading)], of request: ControlRequest
    ) -> ControlAnswer {
        let values = readings.map { ($0.0, value(of: $0.1)) }
        if request.sandbox != "all", let only = values.first { return .json(only.1) }
        return .json(.structure(Fields(values)))
    }

    private static func value(of reading: SandboxClock.Reading) -> Value {
        ["now": .string(TimeFormats.iso8601(reading.now)), "frozen": .bool(reading.isFrozen)]
    }
}
