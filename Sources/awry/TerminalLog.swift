// SPDX-License-Identifier: Apache-2.0

import AwryScenario
import AwryServer
import Glibc

/// One line for each call, for people who watch.
struct TerminalLog: CallLog {
    private let descriptor: Int32
    private let hasColour: Bool

    /// A log to standard output, or to another descriptor of the terminal's.
    init(to descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        hasColour = Terminal.wantsColour(on: descriptor)
    }

    var isOn: Bool { true }

    func ended(_ entry: JournalEntry) {
        Terminal.write(CallLine(entry).text(hasColour: hasColour), to: descriptor)
    }
}
