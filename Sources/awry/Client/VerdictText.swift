// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryServer

/// A report of what was expected, as the control interface gives it, in lines for people.
enum VerdictText {
    /// The report of one sandbox, or of each: a line for each problem, with its place, and one that sums up.
    static func text(_ report: Value) -> String {
        guard let sandboxes = report.fields?["sandboxes"]?.list else { return text(report, of: "") }
        return sandboxes.map { report in
            let name = report.fields?["sandbox"]?.string ?? SandboxName.standard
            return text(report, of: name == SandboxName.standard ? "" : "sandbox \(name): ")
        }.joined()
    }

    private static func text(_ report: Value, of place: String) -> String {
        if let refused = report.fields?["refused"]?.string { return "\(place)not judged: \(refused)\n" }
        let findings = (report.fields?["expectations"]?.list ?? []).compactMap(\.fields)
        var lines: [String] = []
        for finding in findings {
            let spot = "\(finding["file"]?.string ?? ""):\(finding["line"]?.integer ?? 0)"
            lines += (finding["problems"]?.list ?? []).compactMap(\.string).map { "\(spot): \($0)" }
            lines += (finding["notes"]?.list ?? []).compactMap(\.string).map { "\(spot): note: \($0)" }
        }
        let failed = findings.count { $0["holds"]?.bool != true }
        let sum = "\(findings.count) expectation\(findings.count == 1 ? "" : "s")"
        lines.append(
            findings.isEmpty ? "nothing was expected" : sum + (failed == 0 ? ", all hold" : ", \(failed) not met"))
        return lines.map { "\(place)\($0)\n" }.joined()
    }
}
