// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryScenario
import AwryServer
import Glibc

/// What `--log-format` may say.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    /// Lines for people.
    case text
    /// A JSON object in each line, for programs that collect logs.
    case json
}

/// What a server that stays prints: one line for each thing that happens.
struct ServerOutput: Sendable {
    let format: LogFormat
    /// Whether calls are left out.
    let isQuiet: Bool
    /// Where it goes.
    var descriptor = STDOUT_FILENO

    /// Where calls are told.
    var calls: any CallLog {
        if isQuiet { return SilentLog() }
        return format == .json ? JSONLog() : TerminalLog(to: descriptor)
    }

    /// Says what happened: `text` as it stands, or the fields as `{ "event": …, … }`.
    func say(_ event: String, _ fields: Fields, text: String) {
        guard format == .json else { return Terminal.write(text, to: descriptor) }
        var all: Fields = ["event": .string(event), "time": .string(TimeFormats.iso8601(SystemClock().now))]
        for (name, value) in fields { all[name] = value }
        Terminal.write(JSON.text(.structure(all)) + "\n", to: descriptor)
    }
}

/// One line of JSON for each call: `{ "event": "call", … }` with all that the journal keeps of it.
struct JSONLog: CallLog {
    var isOn: Bool { true }

    func ended(_ entry: JournalEntry) {
        var fields: Fields = ["event": "call"]
        for (name, value) in entry.value.fields ?? [:] { fields[name] = value }
        Terminal.out(JSON.text(.structure(fields)) + "\n")
    }
}
