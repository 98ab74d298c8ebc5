// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// One scenario: the world before the first call, the script of what goes wrong, and what a client is expected to do.
public struct Scenario: Sendable {
    /// Unique among the loaded scenarios.
    public var name: String
    /// For people.
    public var description: String?
    /// Makes probability, jitter and generated identifiers repeatable.
    public var seed: UInt64
    /// Calls made before the first request, in order.
    public var setup: [SetupCall]
    /// The rules, in the order in which they are asked.
    public var rules: [Rule]
    /// What `verify` judges.
    public var expect: [Expectation]
    /// What a program under test needs to know: names and templated texts.
    public var env: [(name: String, value: Template)]
    /// How the sandbox behaves.
    public var options: ScenarioOptions
    /// Ports that fail before there is a request.
    public var listeners: [ListenerSpec] = []
    /// The file it came from.
    public var location: SourceLocation

    /// A scenario without contents.
    public init(name: String, location: SourceLocation) {
        self.name = name
        self.seed = 0
        self.setup = []
        self.rules = []
        self.expect = []
        self.env = []
        self.options = ScenarioOptions()
        self.location = location
    }
}

/// A call of `setup`.
public struct SetupCall: Sendable {
    /// The service and its operation.
    public var service: Service
    /// The operation.
    public var operation: Operation
    /// The input, a structure typed by the model, its texts possibly templated (`${pool.UserPool.Id}`).
    public var input: TemplatedValue
    /// Where: 12 digits.
    public var account: String
    /// Where.
    public var region: String
    /// The name by which later templates refer to the output.
    public var alias: String?
    /// Where it stands.
    public var location: SourceLocation

    /// A setup call of these parts.
    public init(
        service: Service, operation: Operation, input: TemplatedValue, account: String, region: String, alias: String?,
        location: SourceLocation
    ) {
        self.service = service
        self.operation = operation
        self.input = input
        self.account = account
        self.region = region
        self.alias = alias
        self.location = location
    }
}

/// A text that may hold `${…}`, already taken apart.
public struct Template: Sendable, Hashable {
    /// A piece of a templated text.
    public enum Piece: Sendable, Hashable {
        case text(String)
        /// What stands between `${` and `}`: `params.StreamName`, `pool.UserPool.Id`.
        case reference(path: [String])
    }

    /// The pieces in order.
    public var pieces: [Piece]

    /// A template of these pieces.
    public init(_ pieces: [Piece]) {
        self.pieces = pieces
    }

    /// The text, if nothing in it is to be filled in.
    public var literal: String? {
        var text = ""
        for piece in pieces {
            guard case .text(let part) = piece else { return nil }
            text += part
        }
        return text
    }
}

/// A value in which any text may be templated (`fields`, `respond`, `setup` inputs).
public indirect enum TemplatedValue: Sendable, Hashable {
    case plain(Value)
    case text(Template)
    case list([TemplatedValue])
    case structure([(name: String, value: TemplatedValue)])

    /// Equal in structure and texts.
    public static func == (left: TemplatedValue, right: TemplatedValue) -> Bool {
        switch (left, right) {
        case (.plain(let a), .plain(let b)): a == b
        case (.text(let a), .text(let b)): a == b
        case (.list(let a), .list(let b)): a == b
        case (.structure(let a), .structure(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
        default: false
        }
    }

    /// Feeds the structure and its texts to the hasher.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .plain(let value): hasher.combine(value)
        case .text(let template): hasher.combine(template)
        case .list(let elements): hasher.combine(elements)
        case .structure(let members):
            for member in members {
                hasher.combine(member.name)
                hasher.combine(member.value)
            }
        }
    }
}
