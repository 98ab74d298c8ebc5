// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Reads a statement of S3 Select's SQL: SELECT list FROM S3Object [WHERE condition] [LIMIT number].
struct SelectParser {
    /// The longest expression ("SELECT Object Content Error Code List": ExpressionTooLong).
    private static let longest = 256 << 10
    /// Expressions inside one another; no statement of anybody's is deeper.
    static let deepest = 60

    private let text: [UInt8]
    private let tokens: [SelectToken]
    private var at = 0
    var depth = 0
    var summaries: [SelectStatement.Summary] = []
    /// Whether an aggregate may stand here: in the list, and not inside another one.
    var mayAggregate = false

    /// The statement that a text is.
    static func parse(_ text: String) throws(WireError) -> SelectStatement {
        guard text.utf8.count <= longest else {
            throw SelectErrors.error(
                "ExpressionTooLong",
                "The SQL expression is too long: The maximum byte-length for the SQL expression is 256 KB.")
        }
        var parser = SelectParser(text: Array(text.utf8), tokens: try SelectLexer.tokens(of: text))
        return try parser.statement()
    }

    private init(text: [UInt8], tokens: [SelectToken]) {
        self.text = text
        self.tokens = tokens
    }

    // MARK: Tokens

    var token: SelectToken { tokens[at] }
    private var following: SelectToken { tokens[min(at + 1, tokens.count - 1)] }

    mutating func advance() { at = min(at + 1, tokens.count - 1) }

    func isAtKeyword(_ word: String) -> Bool {
        if case .word(let found, false) = token.kind { return found.lowercased() == word }
        return false
    }

    mutating func takeKeyword(_ word: String) -> Bool {
        guard isAtKeyword(word) else { return false }
        advance()
        return true
    }

    mutating func takeSign(_ sign: String) -> Bool {
        guard token.kind == .sign(sign) else { return false }
        advance()
        return true
    }

    mutating func expectKeyword(_ word: String) throws(WireError) {
        guard takeKeyword(word) else {
            throw mistake("ParseExpectedKeyword", "Expected keyword \(word.uppercased()), found")
        }
    }

    mutating func expectSign(_ sign: String) throws(WireError) {
        guard takeSign(sign) else { throw mistake("ParseExpectedTokenType", "Expected token \(sign), found") }
    }

    func isBeforeParenthesis() -> Bool { following.kind == .sign("(") }

    func mistake(_ code: String, _ message: String) -> WireError {
        SelectErrors.lexer(code, "\(message) \(token.shown)", text, token.offset)
    }

    func unexpected() -> WireError { mistake("ParseUnexpectedToken", "Unexpected token found") }

    // MARK: The statement

    private mutating func statement() throws(WireError) -> SelectStatement {
        var statement = SelectStatement()
        guard takeKeyword("select") else { throw mistake("ParseUnexpectedToken", "Expected keyword SELECT, found") }
        if isAtKeyword("distinct") {
            throw mistake("ParseUnsupportedSelect", "The SQL expression contains an unsupported use of SELECT:")
        }
        if takeSign("*") {
            statement.items = nil
        } else {
            mayAggregate = true
            statement.items = try items()
            mayAggregate = false
        }
        guard takeKeyword("from") else {
            throw mistake(
                "ParseSelectMissingFrom",
                "The SQL expression does not include a FROM clause after the SELECT list; found")
        }
        try readSource(&statement)
        if takeKeyword("where") { statement.condition = try expression() }
        if takeKeyword("limit") { statement.limit = try limit() }
        guard token.kind == .end else {
            let words = ["group", "order", "having", "join", "union", "offset", "on"]
            let isKnown = words.contains { isAtKeyword($0) } || token.kind == .sign(",")
            throw isKnown
                ? mistake("ParseUnsupportedSyntax", "The SQL expression contains unsupported syntax:") : unexpected()
        }
        statement.summaries = summaries
        return statement
    }

    private mutating func items() throws(WireError) -> [SelectStatement.Item] {
        var items: [SelectStatement.Item] = []
        repeat {
            let value = try expression()
            var name: String?
            if takeKeyword("as") {
                guard case .word(let alias, let isQuoted) = token.kind, isQuoted || !SelectLexer.isKeyword(alias) else {
                    throw mistake("ParseExpectedIdentForAlias", "Expected identifier for alias, found")
                }
                name = alias
                advance()
            } else if case .word(let alias, let isQuoted) = token.kind, isQuoted || !SelectLexer.isKeyword(alias) {
                name = alias
                advance()
            }
            if name == nil, case .path(let steps) = value, case .name(let last, _) = steps.last { name = last }
            items.append(.init(expression: value, name: name ?? "_\(items.count + 1)"))
        } while takeSign(",")
        return items
    }

    /// `S3Object[*].path[*] [AS] alias`
    private mutating func readSource(_ statement: inout SelectStatement) throws(WireError) {
        guard case .word(let root, _) = token.kind, root.lowercased() == "s3object" else {
            throw mistake("ParseUnexpectedToken", "Expected S3Object, found")
        }
        advance()
        statement.source = try steps(mayHaveEvery: true)
        if takeKeyword("as") {
            guard case .word(let alias, let isQuoted) = token.kind, isQuoted || !SelectLexer.isKeyword(alias) else {
                throw mistake("ParseExpectedIdentForAlias", "Expected identifier for alias, found")
            }
            statement.alias = alias
            advance()
        } else if case .word(let alias, let isQuoted) = token.kind, isQuoted || !SelectLexer.isKeyword(alias) {
            statement.alias = alias
            advance()
        }
    }

    private mutating func limit() throws(WireError) -> Int {
        guard case .number(let text) = token.kind, let number = Int(text) else {
            throw mistake("ParseExpectedNumber", "Expected a number, found")
        }
        advance()
        return number
    }

    /// `.name`, `."name"`, `['name']`, `[0]`, and in FROM `[*]` and `.*`.
    mutating func steps(mayHaveEvery: Bool) throws(WireError) -> [SelectStep] {
        var steps: [SelectStep] = []
        while true {
            if takeSign(".") {
                if mayHaveEvery, takeSign("*") {
                    steps.append(.every)
                } else if case .word(let name, let isQuoted) = token.kind {
                    steps.append(.name(name, isQuoted: isQuoted))
                    advance()
                } else {
                    throw mistake("ParseInvalidPathComponent", "Invalid path component, found")
                }
            } else if takeSign("[") {
                switch token.kind {
                case .sign("*") where mayHaveEvery: steps.append(.every)
                case .number(let text):
                    guard let index = Int(text) else {
                        throw mistake("ParseInvalidPathComponent", "Invalid path component, found")
                    }
                    steps.append(.index(index))
                case .text(let name): steps.append(.name(name, isQuoted: true))
                default: throw mistake("ParseInvalidPathComponent", "Invalid path component, found")
                }
                advance()
                try expectSign("]")
            } else {
                return steps
            }
        }
    }
}
