// SPDX-License-Identifier: Apache-2.0

import AwryTransport
import Glibc

/// What the process does when it is told to stop.
///
/// The main thread waits for signals with `sigwaitinfo`, all others keep them blocked. No DispatchSource: on Linux its
/// signalfd is read by one thread while `dispatchMain` unblocks every signal in another, so that now and then a signal
/// is taken there and lost.
enum Signals {
    /// How long calls that are under way may take to finish.
    static let grace = Duration.seconds(10)

    /// Those that tell a server to stop.
    static let stopping = [SIGTERM, SIGINT]

    /// Blocks signals, so that one that comes while the server begins waits for `next`. Must be called before there are
    /// other threads, which take the mask of the thread that makes them. Gives the mask as it was before.
    @discardableResult
    static func hold(_ numbers: [Int32] = stopping) -> sigset_t {
        var held = set(of: numbers)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &held, &before)
        return before
    }

    /// Those that a server which stays waits for.
    static let watched = stopping + [SIGHUP]

    /// Why files are to be loaded again.
    enum Reload {
        /// SIGHUP came.
        case asked
        /// Nothing came for so long.
        case timePassed
    }

    /// Waits for SIGHUP, or for `interval` where there is one; nil on SIGTERM or SIGINT, and on a SIGHUP by which the
    /// system says that the terminal is gone. `watched` must be held.
    static func reload(orAfter interval: Duration?) -> Reload? {
        guard let signal = next(of: watched, within: interval) else { return .timePassed }
        return signal.number == SIGHUP && signal.wasSent && !Terminal.isGone ? .asked : nil
    }

    /// Lets what is under way finish and waits for the server's end, which ends the process; on a second signal ends it
    /// at once, with status 1.
    static func stop(_ server: Server) -> Never {
        server.stop(grace: grace)
        _ = next(of: stopping)
        exit(1)
    }

    /// Waits for the next of these signals, which must be held; nil where none has come within a time. `wasSent`: a
    /// process sent it; else the system did, as for Ctrl-C, which reaches every process of the terminal's foreground
    /// group.
    static func next(of numbers: [Int32], within limit: Duration? = nil) -> (number: Int32, wasSent: Bool)? {
        var watched = set(of: numbers)
        while true {
            var information = siginfo_t()
            let number: Int32
            if let limit {
                let (seconds, attoseconds) = limit.components
                var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
                number = sigtimedwait(&watched, &information, &time)
                if number < 0 && errno == EAGAIN { return nil }
            } else {
                number = sigwaitinfo(&watched, &information)
            }
            // signal(7): codes above 0 are the kernel's own.
            if number > 0 { return (number, information.si_code <= 0) }
        }
    }

    private static func set(of numbers: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        return set
    }
}
