// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A process that this one has started.
struct Child {
    /// How it begins.
    struct Start {
        /// The program, if it is not the command's first word. It is looked for in PATH unless it has a slash.
        var program: String?
        /// Its arguments, its own name first.
        var command: [String]
        var environment: ClientEnvironment
        /// The signals that it has blocked: those that this process blocks for itself are no concern of it.
        var mask: sigset_t
        /// Descriptors of this process, and which they are there.
        var descriptors: [(own: Int32, there: Int32)] = []
        /// Whether it leads a session of its own, away from this terminal.
        var isDetached = false
    }

    /// Why it did not begin, by errno.
    struct Failure: Error {
        let code: Int32
    }

    let pid: pid_t

    /// Starts it. SIGCHLD has its usual meaning here from now on, so that `ended` can be asked.
    init(_ start: Start) throws(Failure) {
        signal(SIGCHLD, SIG_DFL)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (own, there) in start.descriptors { posix_spawn_file_actions_adddup2(&actions, own, there) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = start.mask
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | (start.isDetached ? Self.newSession : 0))
        let arguments = Self.strings(start.command.map { Array($0.utf8) })
        let variables = Self.strings(start.environment.entries)
        defer { for string in arguments + variables { free(string) } }
        var child: pid_t = 0
        let code = posix_spawnp(
            &child, start.program ?? start.command.first ?? "", &actions, &attributes, arguments, variables)
        guard code == 0 else { throw Failure(code: code) }
        pid = child
    }

    /// How it ended, if it has: its exit status, or 128 and the signal's number as a shell would say it.
    func ended() -> Int32? {
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : 128 + signal
    }

    /// `POSIX_SPAWN_SETSID`, which Glibc's Swift module lacks (spawn.h).
    private static let newSession: Int16 = 0x80

    private static func strings(_ texts: [[UInt8]]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { text in
            (text + [0]).withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.flatMap { strdup($0) } }
            }
        } + [nil]
    }
}
