// SPDX-License-Identifier: Apache-2.0

/// Whether attempts kept to what answers asked: `obeys: retryAfter`.
struct RetryAfterAudit {
    /// A problem for each kind of disobedience: the worst of its kind.
    private(set) var problems: [String] = []
    /// What is told without being a problem.
    private(set) var notes: [String] = []

    /// Judges calls whose client follows a rule set; nil where nothing says which, and all is owed that was asked.
    init(_ calls: [SDKCall], by rules: RetryRuleSet?, isStrict: Bool, label: String) {
        var early: (text: String, lack: Double)?
        var earlyCount = 0
        var unread: (gap: SDKCall.Gap, seconds: Double)?
        var judged = 0
        for gap in calls.flatMap(\.gaps) {
            guard let seconds = gap.seconds, let asked = gap.earlier.askedWait, let span = asked.span else { continue }
            judged += 1
            let reading = rules?.schedules.compactMap(\.retryAfter).first
            let isRead = rules == nil || (reading != nil && asked.milliseconds != nil)
            if !isRead, !isStrict {
                if seconds < span, unread.map({ seconds < $0.seconds }) ?? true { unread = (gap, seconds) }
                continue
            }
            let owed = isRead && !isStrict ? min(span, reading?.most ?? .infinity) : span
            guard seconds < owed else { continue }
            earlyCount += 1
            if early.map({ owed - seconds > $0.lack }) ?? true {
                early = (Self.text(gap, seconds, asked, owed, span, isRead ? nil : rules?.name), owed - seconds)
            }
        }
        if let early {
            problems.append(early.text + (earlyCount > 1 ? " (and \(earlyCount - 1) more)" : ""))
        }
        if let unread, let rules {
            let asked = unread.gap.earlier.askedWait?.text ?? ""
            notes.append(
                "\(rules.name) does not read it: \(unread.gap.place) came \(Figure.span(unread.seconds)) after an "
                    + "answer that asked for \(asked)")
        }
        if judged == 0 {
            problems.append(
                "no retry of \(label) followed an answer that asked to wait: nothing shows whether it obeys")
        }
    }

    private static func text(
        _ gap: SDKCall.Gap, _ seconds: Double, _ asked: JournalEntry.AskedWait, _ owed: Double, _ span: Double,
        _ deaf: String?
    ) -> String {
        let bound = owed < span ? ", of which \(Figure.span(owed)) are owed" : ""
        let why = deaf.map { "; \($0) does not read it" } ?? ""
        return "disobeys: \(gap.place) came \(Figure.span(seconds)) after \(gap.before), which asked for "
            + "\(asked.text)\(bound)\(why)"
    }
}
