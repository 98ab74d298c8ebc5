// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Testing

@testable import AwryScenario

struct SequenceTests {
    /// Steps by their codes: a letter is an error, `-` is `next`, `.` is `pass`; a digit repeats what stands before it.
    private static func sequence(_ text: String, then: SequenceSpec.Then) -> Outcome {
        var steps: [SequenceSpec.Step] = []
        for letter in text {
            switch letter {
            case "-": steps.append(SequenceSpec.Step(outcome: nil))
            case ".": steps.append(SequenceSpec.Step(outcome: .pass))
            case "0"..."9": steps[steps.count - 1].times = letter.wholeNumberValue ?? 1
            default:
                let spec = ErrorSpec(code: String(letter), status: 400, location: World.here)
                steps.append(SequenceSpec.Step(outcome: .error(spec)))
            }
        }
        return .sequence(SequenceSpec(steps: steps, then: then))
    }

    /// What eight requests get: a code, `.` for a deciding pass, `-` for what the rule behind it gives.
    private static func got(_ rule: Rule) -> String {
        let engine = World.engine(rule, World.rule("behind", error: "-"))
        return (1...8).map { _ in
            let effect = engine.decide(World.facts()).effect
            return effect.code ?? (effect.decidedBy == nil ? "?" : ".")
        }.joined()
    }

    static let table: [(steps: String, then: SequenceSpec.Then, times: Int?, got: String)] = [
        ("AB", .next, nil, "AB------"), ("AB", .pass, nil, "AB......"), ("AB", .repeat, nil, "ABABABAB"),
        ("AB", .last, nil, "ABBBBBBB"), ("A2B", .next, nil, "AAB-----"), ("A2B3", .repeat, nil, "AABBBAAB"),
        ("A-B", .next, nil, "A-B-----"), ("A.B", .next, nil, "A.B-----"), ("A-B", .last, nil, "A-BBBBBB"),
        ("A.", .last, nil, "A......."), ("AB", .repeat, 3, "ABA-----"), ("AB", .last, 4, "ABBB----"),
        ("AB", .pass, 3, "AB.-----"), ("AB", .next, 1, "A-------"), ("ABC", .next, 9, "ABC-----"),
        ("A", .repeat, nil, "AAAAAAAA"), ("A0B", .next, nil, "B-------"),
    ]

    @Test(arguments: table.indices) func steps(_ index: Int) {
        let row = Self.table[index]
        var rule = World.rule("r") { $0.times = row.times }
        rule.outcome = Self.sequence(row.steps, then: row.then)
        #expect(Self.got(rule) == row.got, "\(row)")
    }

    @Test func aStepIsTakenWhereTheRuleFires() {
        var rule = World.rule("r") { $0.every = 2 }
        rule.outcome = Self.sequence("AB", then: .next)
        #expect(Self.got(rule) == "-A-B----")
    }

    @Test func sequencesAreKeptApartPerValue() {
        var rule = World.rule("r") { $0.per = [.accessKey] }
        rule.outcome = Self.sequence("AB", then: .next)
        let engine = World.engine(rule)
        let got = "xyxyxy".map { key in engine.decide(World.facts { $0.accessKey = String(key) }).effect.code }
        #expect(got == ["A", "A", "B", "B", nil, nil])
    }

    @Test func aStepsModifiersGoBesideTheRules() {
        let step = SequenceSpec.Step(
            outcome: .pass,
            modifiers: ModifierSpec(delay: .fixed(.seconds(2)), headers: [("X", Template([.text("step")]))]))
        var rule = World.rule(
            "r",
            modifiers: ModifierSpec(
                delay: .fixed(.seconds(1)),
                headers: [("x", Template([.text("rule")])), ("Y", Template([.text("rule")]))]))
        rule.outcome = .sequence(SequenceSpec(steps: [step], then: .pass))
        let engine = World.engine(rule)
        let first = engine.decide(World.facts()).effect.modifiers
        #expect(first.delay == .seconds(3))
        #expect(first.headers == [HeaderChange("X", "step"), HeaderChange("Y", "rule")])
        let later = engine.decide(World.facts()).effect
        #expect(later.modifiers.delay == .seconds(1) && later.decidedBy == "r")
    }

    @Test func leftIsTheSmallerBound() {
        var rule = World.rule("r") { $0.times = 3 }
        rule.outcome = Self.sequence("AB", then: .next)
        let engine = World.engine(rule)
        #expect(engine.rules()[0].left == 2)
        _ = engine.decide(World.facts())
        #expect(engine.rules()[0].left == 1)
    }

    @Test func aSequenceWithoutStepsDoesNothing() {
        var rule = World.rule("r")
        rule.outcome = .sequence(SequenceSpec(steps: []))
        #expect(World.engine(rule).decide(World.facts()).effect == .none)
    }
}
