// SPDX-License-Identifier: Apache-2.0

/// Everything in an input that breaks the model, in the model's order.
public struct ValidationFailure: Error, Sendable, Hashable {
    /// What breaks it: at least one.
    public let violations: [Violation]

    /// One member that breaks one constraint.
    public struct Violation: Sendable, Hashable {
        /// The member of the input's structure in which it lies, by the model's name.
        public let member: String
        /// That member's name on the wire.
        public let wireName: String
        /// The name of the member, however deep, that breaks the constraint, by the model's name.
        public let innermostMember: String
        /// Where a rest protocol carries the input's member.
        public let location: Member.Location
        /// The value's place in AWS's form: `records.1.member.data`.
        public let path: String
        /// The shape whose constraint it is.
        public let shape: ShapeID
        /// What it should satisfy.
        public let constraint: Constraint
        /// What the message shows of the value.
        public let shown: Shown

        /// `Value 'x' at 'streamName' failed to satisfy constraint: Member must …`
        public var message: String {
            let value: String =
                switch shown {
                case .missing: "Value null"
                case .text(let text): "Value '\(text)'"
                case .hidden: "Value"
                }
            return "\(value) at '\(path)' failed to satisfy constraint: \(constraint)"
        }
    }

    /// What a message shows of a value.
    public enum Shown: Sendable, Hashable {
        /// There is none.
        case missing
        /// This text.
        case text(String)
        /// Nothing, since its shape is sensitive.
        case hidden
    }

    /// `2 validation errors detected: Value …; Value …`
    public var message: String {
        let count = violations.count
        let texts = violations.map(\.message).joined(separator: "; ")
        return "\(count) validation error\(count == 1 ? "" : "s") detected: \(texts)"
    }
}
