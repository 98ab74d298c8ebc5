// SPDX-License-Identifier: Apache-2.0

import AwryScenario

extension RunVerdict {
    /// The verdict as JUnit XML: a test case for the command, and one for each expectation.
    var junit: JUnit {
        let problems = status == 0 ? [] : ["exit status \(status)"]
        let run = JUnit.Case(group: "awry.run", name: command.joined(separator: " "), problems: problems)
        return JUnit([run] + judged.flatMap { $0.report.junitCases(sandbox: $0.sandbox) }, seconds: seconds)
    }
}
