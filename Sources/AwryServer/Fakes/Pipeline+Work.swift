// SPDX-License-Identifier: Apache-2.0

import AwryServices
import Dispatch

/// Work of operations that would hold a loop up.
extension Pipeline {
    /// Work of all sandboxes is done here, as much at a time as there are processors for.
    private static let labour = DispatchQueue(label: "awry.work", qos: .userInitiated, attributes: .concurrent)

    /// Does a call's work elsewhere, and then goes on with the call: it is asked again with what came of it.
    func labour(_ work: Work, for waiting: WaitingCall) {
        Self.labour.async { [weak self] in
            var waiting = waiting
            work.run()
            waiting.worked = work
            self?.askAgain(waiting)
        }
    }
}
