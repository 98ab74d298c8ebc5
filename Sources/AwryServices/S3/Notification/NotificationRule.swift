// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One destination of a bucket's notifications, and what it is told of.
struct NotificationRule: Sendable {
    /// What notifications can go to, with the members that say so.
    enum Destination: String, Sendable, CaseIterable {
        case queue = "QueueConfigurations"
        case topic = "TopicConfigurations"
        case function = "LambdaFunctionConfigurations"

        /// The member with the ARN.
        var member: String {
            switch self {
            case .queue: "QueueArn"
            case .topic: "TopicArn"
            case .function: "LambdaFunctionArn"
            }
        }

        /// The service in its ARN.
        var service: String {
            switch self {
            case .queue: "sqs"
            case .topic: "sns"
            case .function: "lambda"
            }
        }
    }

    let destination: Destination
    let id: String
    let arn: String
    /// Names of events, with `s3:`; they may end in `*`.
    let events: [String]
    let prefix: String
    let suffix: String

    /// The rules of a document as it is kept.
    static func all(_ document: Fields) -> [NotificationRule] {
        Destination.allCases.flatMap { destination in
            (document[destination.rawValue]?.list ?? []).compactMap(\.fields).map { NotificationRule($0, destination) }
        }
    }

    init(_ fields: Fields, _ destination: Destination) {
        self.destination = destination
        id = fields["Id"]?.string ?? ""
        arn = fields[destination.member]?.string ?? ""
        events = fields.texts("Events")
        let rules = fields["Filter"]?.fields?["Key"]?.fields?["FilterRules"]?.list?.compactMap(\.fields) ?? []
        func value(_ name: String) -> String {
            rules.first { $0["Name"]?.string?.lowercased() == name }?["Value"]?.string ?? ""
        }
        (prefix, suffix) = (value("prefix"), value("suffix"))
    }

    /// Whether it is told of this.
    func wants(_ event: S3Event) -> Bool {
        guard events.contains(where: { Self.covers($0, "s3:\(event.name.rawValue)") }) else { return false }
        let key = event.key.text.utf8
        return key.starts(with: prefix.utf8) && key.reversed().starts(with: suffix.utf8.reversed())
    }

    /// Whether both could be told of the same.
    func overlaps(_ other: NotificationRule) -> Bool {
        let shared = events.contains { mine in
            other.events.contains { Self.covers(mine, $0) || Self.covers($0, mine) }
        }
        return shared && (prefix.hasPrefix(other.prefix) || other.prefix.hasPrefix(prefix))
            && (suffix.hasSuffix(other.suffix) || other.suffix.hasSuffix(suffix))
    }

    /// Whether it has a filter.
    var isFiltered: Bool { !prefix.isEmpty || !suffix.isEmpty }

    private static func covers(_ pattern: String, _ event: String) -> Bool {
        pattern == event || pattern.hasSuffix("*") && event.hasPrefix(pattern.dropLast())
    }
}
