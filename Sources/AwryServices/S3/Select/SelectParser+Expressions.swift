// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Expressions, weakest binding first ("Operators" and "SQL functions", Amazon S3 User Guide).
extension SelectParser {
    mutating func expression() throws(WireError) -> SelectExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw mistake("ParseUnsupportedSyntax", "Too deep an expression at") }
        var left = try conjunction()
        while takeKeyword("or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(WireError) -> SelectExpression {
        var left = try negation()
        while takeKeyword("and") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(WireError) -> SelectExpression {
        var count = 0
        while takeKeyword("not") { count += 1 }
        let inner = try condition()
        return count % 2 == 1 ? .not(inner) : inner
    }

    private mutating func condition() throws(WireError) -> SelectExpression {
        let left = try sum()
        for sign in ["<=", ">=", "<>", "<", ">", "="] where takeSign(sign) {
            return .comparison(sign, left, try sum())
        }
        if takeKeyword("is") {
            let isNegated = takeKeyword("not")
            let test: SelectExpression
            if takeKeyword("null") {
                test = .isNull(left)
            } else if takeKeyword("missing") {
                test = .isMissing(left)
            } else {
                throw mistake("ParseExpectedKeyword", "Expected keyword NULL or MISSING, found")
            }
            return isNegated ? .not(test) : test
        }
        let isNegated = takeKeyword("not")
        let test: SelectExpression
        if takeKeyword("between") {
            let low = try sum()
            try expectKeyword("and")
            test = .between(left, low, try sum())
        } else if takeKeyword("in") {
            try expectSign("(")
            test = .isIn(left, try list())
        } else if takeKeyword("like") {
            let pattern = try sum()
            test = .like(left, pattern, escape: takeKeyword("escape") ? try sum() : nil)
        } else {
            if isNegated { throw unexpected() }
            return left
        }
        return isNegated ? .not(test) : test
    }

    private mutating func sum() throws(WireError) -> SelectExpression {
        var left = try product()
        while let sign = ["+", "-", "||"].first(where: { takeSign($0) }) {
            left = .arithmetic(sign, left, try product())
        }
        return left
    }

    private mutating func product() throws(WireError) -> SelectExpression {
        var left = try signed()
        while let sign = ["*", "/", "%"].first(where: { takeSign($0) }) {
            left = .arithmetic(sign, left, try signed())
        }
        return left
    }

    private mutating func signed() throws(WireError) -> SelectExpression {
        var isNegative = false
        while true {
            if takeSign("-") { isNegative.toggle() } else if !takeSign("+") { break }
        }
        let inner = try primary()
        return isNegative ? .negative(inner) : inner
    }

    /// Expressions between commas, up to the closing parenthesis.
    private mutating func list() throws(WireError) -> [SelectExpression] {
        if takeSign(")") { return [] }
        var values = [try expression()]
        while takeSign(",") { values.append(try expression()) }
        try expectSign(")")
        return values
    }

    private mutating func primary() throws(WireError) -> SelectExpression {
        switch token.kind {
        case .number(let text):
            advance()
            if let number = Int64(text) { return .literal(.integer(number)) }
            guard let number = Double(text) else { throw unexpected() }
            return .literal(.decimal(number))
        case .text(let text):
            advance()
            return .literal(.text(text))
        case .sign("("):
            advance()
            let inner = try expression()
            try expectSign(")")
            return inner
        case .word(let word, let isQuoted): return try named(word, isQuoted)
        case .sign, .end: throw unexpected()
        }
    }

    private mutating func named(_ word: String, _ isQuoted: Bool) throws(WireError) -> SelectExpression {
        guard !isQuoted else { return try path(word, isQuoted: true) }
        let name = word.lowercased()
        switch name {
        case "true", "false":
            advance()
            return .literal(.bool(name == "true"))
        case "null":
            advance()
            return .literal(.null)
        case "missing":
            advance()
            return .literal(.missing)
        case "case":
            advance()
            return try choice()
        default: break
        }
        if isBeforeParenthesis() {
            advance()
            advance()
            return try function(name)
        }
        guard !SelectLexer.isKeyword(word) else { throw unexpected() }
        return try path(word, isQuoted: false)
    }

    private mutating func path(_ word: String, isQuoted: Bool) throws(WireError) -> SelectExpression {
        advance()
        return .path([.name(word, isQuoted: isQuoted)] + (try steps(mayHaveEvery: false)))
    }

    private mutating func choice() throws(WireError) -> SelectExpression {
        let operand = isAtKeyword("when") ? nil : try expression()
        var cases: [SelectCase] = []
        while takeKeyword("when") {
            let when = try expression()
            try expectKeyword("then")
            cases.append(SelectCase(when: when, then: try expression()))
        }
        guard !cases.isEmpty else { throw mistake("ParseExpectedWhenClause", "Expected WHEN, found") }
        let otherwise = takeKeyword("else") ? try expression() : nil
        try expectKeyword("end")
        return .choice(operand: operand, cases: cases, otherwise: otherwise)
    }

    /// What follows a function's opening parenthesis.
    private mutating func function(_ name: String) throws(WireError) -> SelectExpression {
        if let aggregate = SelectAggregate(rawValue: name) { return try summary(aggregate) }
        switch name {
        case "cast":
            let value = try expression()
            try expectKeyword("as")
            return .cast(value, try type())
        case "substring":
            var arguments = [try expression()]
            if takeKeyword("from") {
                arguments.append(try expression())
                if takeKeyword("for") { arguments.append(try expression()) }
                try expectSign(")")
            } else if takeSign(",") {
                arguments += try list()
            } else {
                throw unexpected()
            }
            return .call(name, word: "", arguments)
        case "trim": return try trim()
        case "extract":
            let part = try datePart()
            try expectKeyword("from")
            let moment = try expression()
            try expectSign(")")
            return .call(name, word: part, [moment])
        case "date_add", "date_diff":
            let part = try datePart()
            try expectSign(",")
            return .call(name, word: part, try list())
        case "coalesce", "nullif", "char_length", "character_length", "lower", "upper", "utcnow", "to_string",
            "to_timestamp":
            return .call(name == "character_length" ? "char_length" : name, word: "", try list())
        default: throw SelectErrors.error("UnsupportedFunction", "Encountered an unsupported SQL function.")
        }
    }

    private mutating func summary(_ aggregate: SelectAggregate) throws(WireError) -> SelectExpression {
        guard mayAggregate else {
            throw mistake("ParseUnsupportedCallWithStar", "An aggregate cannot stand here, before")
        }
        mayAggregate = false
        defer { mayAggregate = true }
        var operand: SelectExpression?
        if aggregate == .count, takeSign("*") { operand = nil } else { operand = try expression() }
        try expectSign(")")
        summaries.append(.init(aggregate: aggregate, operand: operand))
        return .aggregate(summaries.count - 1)
    }

    /// A type's name, up to the closing parenthesis; a precision is read over.
    private mutating func type() throws(WireError) -> SelectType {
        guard case .word(let word, false) = token.kind, let type = SelectType(rawValue: word.lowercased()) else {
            throw mistake("ParseExpectedTypeName", "Expected a type name, found")
        }
        advance()
        if takeSign("(") { _ = try list() }
        try expectSign(")")
        return type
    }

    /// `[[LEADING | TRAILING | BOTH] [characters] FROM] text`
    private mutating func trim() throws(WireError) -> SelectExpression {
        var side = "both"
        for word in ["leading", "trailing", "both"] where takeKeyword(word) { side = word }
        if takeKeyword("from") {
            let value = try expression()
            try expectSign(")")
            return .call("trim", word: side, [value])
        }
        var arguments = [try expression()]
        if takeKeyword("from") { arguments.insert(try expression(), at: 0) }
        try expectSign(")")
        return .call("trim", word: side, arguments)
    }

    private mutating func datePart() throws(WireError) -> String {
        let parts = ["year", "month", "day", "hour", "minute", "second", "timezone_hour", "timezone_minute"]
        guard case .word(let word, false) = token.kind, parts.contains(word.lowercased()) else {
            throw mistake("ParseExpectedDatePart", "Expected a date part, found")
        }
        advance()
        return word.lowercased()
    }
}
