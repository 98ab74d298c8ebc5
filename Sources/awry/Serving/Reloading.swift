// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario
import Glibc

/// Loads the files that the command line names again, all of them or none.
///
/// Only the main thread calls it, between two signals, so two reloads never meet.
struct Reloading {
    let options: ServingOptions
    let serving: Serving
    let output: ServerOutput
    /// The names of the scenarios that came from files: what else is loaded came by the control interface, and stays.
    private var names: [String]
    private var seen: [FileMark]
    private var pending: [FileMark]?

    /// Begins with what was loaded at the start; `marks` are from before that, so that no change slips in between.
    init(_ options: ServingOptions, _ serving: Serving, _ output: ServerOutput, marks: [FileMark]) {
        self.options = options
        self.serving = serving
        self.output = output
        names = serving.loaded.scenarios.map(\.name)
        seen = marks
    }

    /// Loads the files again; where one has a mistake, what was loaded stays.
    mutating func reload() {
        seen = Self.marks(of: options)
        pending = nil
        do throws(LoadFailure) {
            let loaded = try options.loaded()
            try serving.program.reload(loaded.scenarios, insteadOf: names)
            names = loaded.scenarios.map(\.name)
            let count = "\(names.count) scenario\(names.count == 1 ? "" : "s")"
            output.say(
                "reloaded", ["scenarios": .list(names.map { .string($0) })],
                text: ScenarioCheck.render(loaded.warnings) + "reloaded: \(count)\n")
        } catch {
            output.say(
                "reloadRefused", ["diagnostics": ScenarioCheck.values(error.diagnostics)],
                text: ScenarioCheck.render(error.diagnostics) + "not reloaded: what was loaded stays\n")
        }
    }

    /// Loads the files again if they have changed and then been left alone from one call to the next: an editor may be
    /// in the middle of writing them.
    mutating func reloadIfChanged() {
        let marks = Self.marks(of: options)
        if marks == seen {
            pending = nil
        } else if marks == pending {
            reload()
        } else {
            pending = marks
        }
    }

    /// What tells one state of a file from another.
    struct FileMark: Equatable {
        let path: String
        let inode: UInt
        let size: Int
        let seconds: Int
        let nanoseconds: Int
    }

    /// The marks of all files that would be loaded now.
    static func marks(of options: ServingOptions) -> [FileMark] {
        options.files.map { path in
            var facts = stat()
            guard stat(path, &facts) == 0 else {
                return FileMark(path: path, inode: 0, size: -1, seconds: 0, nanoseconds: 0)
            }
            return FileMark(
                path: path, inode: UInt(facts.st_ino), size: Int(facts.st_size), seconds: facts.st_mtim.tv_sec,
                nanoseconds: facts.st_mtim.tv_nsec)
        }
    }
}
