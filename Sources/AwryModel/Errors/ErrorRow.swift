// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// One line of a service's table of errors: what its model does not say.
///
/// Where `shape` (else `code`) is an error that the model has, the line adds to it; else it stands for itself. Texts
/// are templates of the scenario language; besides, `%METHOD%`, `%ACTION%`, `%RESOURCETYPE%` and `%CONDITION%` stand
/// for what is known of the operation before any request.
struct ErrorRow: Sendable {
    var code: String
    var shape: String
    var namespace: String?
    var status: Int?
    var messages: [String]
    var fields: Fields
    /// Elements that real answers may have, but which nobody can know beforehand.
    var extras: [String]
    var headers: [Header]
    var scope: Scope
    /// Whether a bare status number means this error, before others of that status.
    var isUsual: Bool

    /// The operations that may well give an error. Asked for by name, every operation of the service gives it.
    enum Scope: Sendable {
        case every
        /// Those whose input has all of these members.
        case taking([String])
        /// Those of these names.
        case named([String])
        /// Those whose input has the member, but for those of these names.
        case takingBut(String, [String])
        /// None, unless the model says so or the error is asked for.
        case modelledOnly
    }

    /// A line; `status` nil is the model's.
    init(
        _ code: String, _ status: Int?, _ messages: String..., shape: String? = nil, namespace: String? = nil,
        fields: Fields = [:], extras: [String] = [], headers: [Header] = [], in scope: Scope = .every,
        isUsual: Bool = false
    ) {
        self.code = code
        self.shape = shape ?? code
        self.namespace = namespace
        self.status = status
        self.messages = messages
        self.fields = fields
        self.extras = extras
        self.headers = headers
        self.scope = scope
        self.isUsual = isUsual
    }

    /// A text for an error that the model has, by its shape's name.
    static func text(_ shape: String, _ messages: [String]) -> ErrorRow {
        var row = ErrorRow(shape, nil, in: .modelledOnly)
        row.messages = messages
        return row
    }

    /// Whether an operation may well give it.
    func applies(to operation: Operation, of service: Service) -> Bool {
        switch scope {
        case .every: true
        case .modelledOnly: false
        case .named(let names): names.contains(operation.name)
        case .taking(let members): members.allSatisfy { operation.takes($0, in: service) }
        case .takingBut(let member, let names):
            operation.takes(member, in: service) && !names.contains(operation.name)
        }
    }
}

extension Operation {
    /// Whether the input has a member of this name.
    func takes(_ member: String, in service: Service) -> Bool {
        guard let input else { return false }
        return service[input].member(member) != nil
    }
}

/// What is known of one service's errors beside its model.
struct ErrorTable: Sendable {
    /// What stands before `#` in `__type` of the modelled errors.
    var namespace: String?
    /// The codes of throttles, in order: an operation's own throttle is the first that it models, else the last.
    var throttles: [String]
    /// The errors, each code once.
    var rows: [ErrorRow]
    private let index: [String: Int]

    /// A table of these lines.
    init(namespace: String? = nil, throttles: [String] = [], rows: [ErrorRow]) {
        self.namespace = namespace
        self.throttles = throttles
        self.rows = rows
        var index: [String: Int] = [:]
        for (position, row) in rows.enumerated() {
            if index[row.shape] == nil { index[row.shape] = position }
            if index[row.code] == nil { index[row.code] = position }
        }
        self.index = index
    }

    /// The line whose shape or code this is.
    func row(_ name: String) -> ErrorRow? { index[name].map { rows[$0] } }

    /// A service of which nothing is known beside its model.
    static let empty = ErrorTable(rows: [])

    /// The table of a service.
    static func of(_ service: Service) -> ErrorTable { tables[service.name] ?? empty }

    /// The tables: a new service's goes here, and into a file of its own.
    static let tables: [String: ErrorTable] = [
        "s3": S3Errors.table, "sqs": SQSErrors.table, "kinesis": KinesisErrors.table, "iam": IAMErrors.table,
        "sts": STSErrors.table, "cognito-idp": CognitoUserPoolErrors.table,
        "cognito-identity": CognitoIdentityErrors.table, "ec2": EC2Errors.table, "dynamodb": DynamoDBErrors.table,
    ]
}
