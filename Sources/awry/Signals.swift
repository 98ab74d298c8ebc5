// SPDX-License-Identifier: Apache-2.0

import AwryTransport
import Dispatch
import Glibc
import Synchronization

/// What the process does when it is told to stop.
enum Signals {
    /// How long calls that are under way may take to finish.
    static let grace = Duration.seconds(10)

    /// Sources live as long as the process; a source that nobody holds hears nothing.
    // Written by the main thread alone, before it goes to `dispatchMain`, and never read.
    private nonisolated(unsafe) static var kept: [any DispatchSourceSignal] = []

    /// Keeps SIGTERM and SIGINT waiting until `stop` hears them. Without it one that comes while the server begins is
    /// lost. Must be called before there are other threads, which take the mask of the thread that makes them.
    static func hold() {
        var held = sigset_t()
        sigemptyset(&held)
        sigaddset(&held, SIGTERM)
        sigaddset(&held, SIGINT)
        pthread_sigmask(SIG_BLOCK, &held, nil)
    }

    /// On SIGTERM or SIGINT lets what is under way finish and ends the process with status 0; a second one ends it at
    /// once.
    static func stop(_ server: Server) {
        server.whenStopped { exit(0) }
        for number in [SIGTERM, SIGINT] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            let hits = Atomic(0)
            source.setEventHandler {
                if hits.wrappingAdd(1, ordering: .relaxed).oldValue > 0 { exit(1) }
                server.stop(grace: grace)
            }
            source.activate()
            kept.append(source)
        }
    }
}
