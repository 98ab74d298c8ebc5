// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// Options from `AWRY_…` variables, for containers: the command line wins, then the variable, then the default.
enum Environment {
    /// The variable's text, unless it is unset or empty.
    static func text(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// What the variable says, read as an option's value would be.
    static func value<Wanted: ExpressibleByArgument>(_ name: String, as wanted: Wanted.Type) throws -> Wanted? {
        guard let text = text(name) else { return nil }
        guard let value = Wanted(argument: text) else {
            let choice = Wanted.allValueStrings
            let last = choice.last ?? ""
            let expected =
                if wanted is UInt16.Type { "a number from 0 to 65535" } else if choice.isEmpty { "a number" } else {
                    choice.dropLast().joined(separator: ", ") + " or " + last
                }
            throw Refusal("\(name)=\(text): expected \(expected)")
        }
        return value
    }

    /// What `AWRY_PORT` says. In a cluster with a service called `awry`, Kubernetes sets it to `tcp://10.0.0.1:4566` in
    /// every pod of the namespace, the server's own among them ("Discovering services", environment variables): that is
    /// no wish of anybody's.
    static func port() throws -> UInt16? {
        if text("AWRY_PORT")?.hasPrefix("tcp://") == true { return nil }
        return try value("AWRY_PORT", as: UInt16.self)
    }

    /// Whether the variable says yes.
    static func flag(_ name: String) throws -> Bool {
        switch text(name)?.lowercased() {
        case nil, "0", "false", "no": false
        case "1", "true", "yes": true
        case .some(let text): throw Refusal("\(name)=\(text): expected true or false")
        }
    }
}

/// One clear line for the user, and exit status 2: a port that is taken, a file that cannot be read.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The exit statuses that the command line promises.
enum Status {
    /// The work could not be done: mistakes in scenarios, a port that is taken.
    static let refused = ExitCode(2)
    /// What was expected of a client did not come true.
    static let unmet = ExitCode(3)
    /// No daemon runs (Linux Standard Base, "Init Script Actions": 3 of `status`).
    static let notRunning = ExitCode(3)
}

/// Text to the terminal, past the standard library's buffering.
enum Terminal {
    /// Writes all of a text to standard output.
    static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

    /// Writes all of a text to standard error.
    static func err(_ text: String) { write(text, to: STDERR_FILENO) }

    private static let hadTerminal = isatty(STDIN_FILENO) == 1

    /// Whether standard input was a terminal when this was first asked, and the terminal has hung up since.
    static var isGone: Bool { hadTerminal && isatty(STDIN_FILENO) != 1 }

    /// Whether a descriptor is a terminal that wants colour (https://no-color.org).
    static func wantsColour(on descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && Environment.text("NO_COLOR") == nil
    }

    /// Writes all of a text.
    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8)[...], to: descriptor)
    }

    /// Writes all of these bytes.
    static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes
            while let base = rest.baseAddress, !rest.isEmpty {
                let written = Glibc.write(descriptor, base, rest.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }
}
