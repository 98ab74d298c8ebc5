// SPDX-License-Identifier: Apache-2.0

import AwryServer
import Dispatch
import Glibc
import Synchronization

/// Writes a recording to its folder as it grows: `recorded.yaml`, and long bodies in `bodies`. Each file is there whole
/// or not at all.
final class RecordingFolder: CallRecorder {
    private struct State: Sendable {
        var recording = Recording()
        /// Whether a write is due.
        var isDue = false
        /// What stands in `bodies`.
        var written: [String: [UInt8]] = [:]
    }

    /// How long after a call the files are written, with what came in the meantime.
    private static let pause = DispatchTimeInterval.milliseconds(200)

    private let path: String
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "awry.recording")

    /// Makes the folder; what was recorded there before goes once there is something new.
    init(_ path: String) throws {
        self.path = path
        try SmallFile.makeFolder(path)
    }

    func take(_ call: RecordedCall) { change { $0.add(call) } }

    func takeUnknown(method: String, path: String) { change { $0.addUnknown(method: method, path: path) } }

    /// Writes what is still to be written.
    func finish() {
        queue.sync { write() }
    }

    private func change(_ change: (inout Recording) -> Void) {
        let wasDue = state.withLock { state in
            change(&state.recording)
            defer { state.isDue = true }
            return state.isDue
        }
        if !wasDue { queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.write() } }
    }

    private func write() {
        let due: (recording: Recording, written: [String: [UInt8]])? = state.withLock { state in
            guard state.isDue else { return nil }
            state.isDue = false
            return (state.recording, state.written)
        }
        guard let due else { return }
        let text = RecordingText(due.recording)
        do {
            if !text.files.isEmpty { try SmallFile.makeFolder(path + "/bodies") }
            for (name, bytes) in text.files where due.written[name] != bytes {
                try SmallFile.write(bytes, to: "\(path)/bodies/\(name)", mode: 0o644)
                state.withLock { $0.written[name] = bytes }
            }
            try SmallFile.write(Array(text.text.utf8), to: path + "/recorded.yaml", mode: 0o644)
        } catch {
            Terminal.err("awry: \(error)\n")
        }
    }
}
