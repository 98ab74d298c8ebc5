// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Glibc

/// Where the daemon leaves its traces: `$XDG_STATE_HOME/awry`, by default `~/.local/state/awry` (XDG Base Directory
/// Specification), one daemon for each such folder.
///
/// The daemon holds a lock on a file of it for as long as it lives. So no process is taken for it that has its number
/// by chance, two cannot start at once, and what a daemon that was killed leaves behind does not matter.
struct DaemonState {
    /// What is known of a daemon that lives.
    struct Record: Equatable {
        var pid: pid_t
        /// nil until it answers.
        var endpoint: String?

        /// For people.
        var text: String { (endpoint.map { "\($0) " } ?? "") + "(pid \(pid))" }

        /// As it stands in the file.
        var value: Value {
            ["pid": .integer(Int64(pid)), "endpoint": endpoint.map { .string($0) } ?? .null]
        }

        init(pid: pid_t, endpoint: String?) {
            self.pid = pid
            self.endpoint = endpoint
        }

        /// What a file says; nil for what no daemon wrote.
        init?(_ bytes: [UInt8]) {
            guard let fields = (try? JSON.parse(bytes[...]))?.fields, case .integer(let number)? = fields["pid"],
                let pid = pid_t(exactly: number), pid > 1
            else { return nil }
            self.init(pid: pid, endpoint: fields["endpoint"]?.string)
        }
    }

    /// What stands in the way of a lock.
    enum Holder {
        /// Nobody holds it; this descriptor does now.
        case free(Int32)
        /// A daemon does; nil while it has not said who it is.
        case daemon(Record?)
    }

    let folder: String

    /// The folder by this environment; a relative `XDG_STATE_HOME` is passed over, as the specification wants it.
    init(home: String? = Environment.text("HOME"), state: String? = Environment.text("XDG_STATE_HOME")) throws(Refusal)
    {
        if let state, state.hasPrefix("/") {
            folder = state + "/awry"
        } else if let home {
            folder = home + "/.local/state/awry"
        } else {
            throw Refusal("where shall the daemon's files be? neither XDG_STATE_HOME nor HOME is set")
        }
    }

    /// What the daemon prints.
    var log: String { folder + "/awry.log" }

    private var record: String { folder + "/daemon.json" }
    private var lockFile: String { folder + "/awry.lock" }

    /// The daemon that lives, if one does.
    func daemon() throws -> Record? {
        guard access(lockFile, F_OK) == 0 else { return nil }
        switch try lock() {
        case .daemon(let record):
            guard let record else { throw Refusal("one is just starting, or \(self.record) is damaged") }
            return record
        case .free(let descriptor):
            close(descriptor)
            return nil
        }
    }

    /// Takes the lock, unless a daemon holds it.
    func lock() throws -> Holder {
        try SmallFile.makeFolder(folder)
        let descriptor = open(lockFile, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SmallFile.refusal(lockFile, "opened") }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return .free(descriptor) }
        let code = errno
        close(descriptor)
        guard code == EWOULDBLOCK else { throw Refusal("\(lockFile): \(String(cString: strerror(code)))") }
        return .daemon(try SmallFile.read(record).flatMap { Record($0) })
    }

    /// Says who holds the lock; nobody that can be named, with nil.
    func write(_ entry: Record?) throws {
        try SmallFile.write(Array((entry.map { JSON.text($0.value) } ?? "").utf8), to: record, mode: 0o600)
    }

    /// A new, empty log.
    func openLog() throws -> Int32 {
        let descriptor = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SmallFile.refusal(log, "opened") }
        return descriptor
    }
}
