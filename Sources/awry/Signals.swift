// SPDX-License-Identifier: Apache-2.0

import AwryTransport
import Glibc

/// What the process does when it is told to stop.
///
/// The main thread waits for signals with `sigwait`, all others keep them blocked. No DispatchSource: on Linux its
/// signalfd is read by one thread while `dispatchMain` unblocks every signal in another, so that now and then a signal
/// is taken there and lost.
enum Signals {
    /// How long calls that are under way may take to finish.
    static let grace = Duration.seconds(10)

    /// Blocks SIGTERM and SIGINT, so that one that comes while the server begins waits for `wait`. Must be called
    /// before there are other threads, which take the mask of the thread that makes them.
    static func hold() {
        var held = watched
        pthread_sigmask(SIG_BLOCK, &held, nil)
    }

    /// Waits for as long as the process lives. On SIGTERM or SIGINT lets what is under way finish and ends the process
    /// with status 0, after `farewell`; a second one ends it at once, with status 1. Called on the thread that called
    /// `hold`.
    static func wait(toStop server: Server, farewell: @escaping @Sendable () -> Void) -> Never {
        server.whenStopped {
            farewell()
            exit(0)
        }
        next()
        server.stop(grace: grace)
        next()
        exit(1)
    }

    private static func next() {
        var watched = watched
        var number: Int32 = 0
        while sigwait(&watched, &number) != 0 {}
    }

    private static var watched: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        return set
    }
}
