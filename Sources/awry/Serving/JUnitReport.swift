// SPDX-License-Identifier: Apache-2.0

import AwryScenario
import AwryWire

/// A verdict in the XML that CI systems read (the format of JUnit's Ant task, as Jenkins and GitLab document it): a
/// test case for the command, and one for each expectation.
enum JUnitReport {
    private struct Case {
        let group: String
        let name: String
        var place: SourceLocation?
        var problems: [String]
    }

    /// The document.
    static func bytes(of verdict: RunVerdict) -> [UInt8] {
        let cases = cases(of: verdict)
        let failures = String(cases.count { !$0.problems.isEmpty })
        var xml = XMLWriter()
        xml.start("testsuites")
        xml.start("testsuite")
        xml.attribute("name", "awry")
        xml.attribute("tests", String(cases.count))
        xml.attribute("failures", failures)
        xml.attribute("errors", "0")
        xml.attribute("skipped", "0")
        xml.attribute("time", String(verdict.seconds))
        for one in cases {
            xml.start("testcase")
            xml.attribute("classname", one.group)
            xml.attribute("name", one.name)
            if let place = one.place {
                xml.attribute("file", place.file)
                xml.attribute("line", String(place.line))
            }
            if let first = one.problems.first {
                xml.start("failure")
                xml.attribute("message", first)
                xml.text(one.problems.joined(separator: "\n"))
                xml.end()
            }
            xml.end()
        }
        return xml.finish()
    }

    private static func cases(of verdict: RunVerdict) -> [Case] {
        let problem = verdict.status == 0 ? [] : ["exit status \(verdict.status)"]
        var cases = [Case(group: "awry.run", name: verdict.command.joined(separator: " "), problems: problem)]
        for judged in verdict.judged {
            let group = "awry.expect.\(judged.sandbox)"
            if let refusal = judged.report.refusal {
                cases.append(Case(group: group, name: "journal", problems: [refusal]))
            }
            cases += judged.report.findings.map {
                Case(group: group, name: $0.label, place: $0.location, problems: $0.problems)
            }
        }
        return cases
    }
}
