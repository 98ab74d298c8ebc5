// SPDX-License-Identifier: Apache-2.0

/// One right that a call needs: an action on a resource ("Actions, resources, and condition keys for AWS services" of
/// the Service Authorization Reference).
struct NeededRight: Sendable {
    /// The action, with its service: `s3:GetObject`.
    let action: String
    /// The resource's ARN; `*` where the action has none.
    let resource: String
    /// Whose policy has a say beside the caller's own.
    var guardian: Guardian?
    /// The positions of the call's entries that need it; nil where the whole call does.
    var positions: [Int]?

    /// What has a policy of its own.
    enum Guardian: Sendable, Hashable {
        case bucket(String, key: String?)
        case queue(QueueKey)
        case role(String)
        case stream(String)
        /// A pool of either Cognito, by its ARN.
        case pool(String)
        /// What IAM keeps, by its ARN: it has tags, and no policy of its own.
        case identity(String)
    }

    /// The right to hand a role on to a service.
    static func passing(_ role: String) -> NeededRight { NeededRight("iam:PassRole", on: role, by: .identity(role)) }

    init(_ action: String, on resource: String = "*", by guardian: Guardian? = nil, positions: [Int]? = nil) {
        self.action = action
        self.resource = resource
        self.guardian = guardian
        self.positions = positions
    }
}

/// The rows of a table: `RESOURCE OPERATION OPERATION=ACTION` a line, an action named only where it is not called as
/// its operation.
struct ActionTable: Sendable {
    /// An operation's row.
    struct Row: Sendable {
        let resource: String
        let action: String
    }

    private let rows: [String: Row]

    init(_ text: String) {
        var rows: [String: Row] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let resource = words.first else { continue }
            for word in words.dropFirst() {
                let parts = word.split(separator: "=").map(String.init)
                rows[parts[0]] = Row(resource: resource, action: parts.last ?? parts[0])
            }
        }
        self.rows = rows
    }

    subscript(operation: String) -> Row? { rows[operation] }
}
