// SPDX-License-Identifier: Apache-2.0

import AwryControl
import AwryScenario
import AwryServer

/// Tells those who listen at the control interface of each call, beside what is printed.
struct EventLog: CallLog {
    let events: EventHub
    let printed: any CallLog

    var isOn: Bool { events.isOn || printed.isOn }

    func ended(_ entry: JournalEntry) {
        if printed.isOn { printed.ended(entry) }
        events.tell(entry)
    }
}
