// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// An aggregate in the making.
struct SelectTotal {
    let summary: SelectStatement.Summary
    private var count: Int64 = 0
    private var sum = SelectNumber.integer(0)
    private var best: SelectValue?

    init(_ summary: SelectStatement.Summary) {
        self.summary = summary
    }

    /// Counts a record in: what is null or missing is not counted.
    mutating func take(_ record: SelectRecord, _ evaluator: SelectEvaluator) throws(WireError) {
        guard let operand = summary.operand else {
            count += 1
            return
        }
        let value = try evaluator.value(operand, record)
        if value.isUnknown { return }
        count += 1
        switch summary.aggregate {
        case .count: break
        case .sum, .avg:
            guard let number = value.number, let total = SelectNumber.calculated("+", sum, number) else {
                throw SelectErrors.error(
                    "IncorrectSqlFunctionArgumentType",
                    "Incorrect type of arguments in function call in the SQL expression.")
            }
            sum = total
        case .min, .max:
            // Numbers in a file of CSV are compared as numbers.
            let value = value.number?.value ?? value
            guard let former = best else {
                best = value
                return
            }
            if let order = value.order(former), summary.aggregate == .min ? order < 0 : order > 0 { best = value }
        }
    }

    var value: SelectValue {
        switch summary.aggregate {
        case .count: .integer(count)
        case .sum: count == 0 ? .null : sum.value
        case .avg: count == 0 ? .null : .decimal(sum.double / Double(count))
        case .min, .max: best ?? .null
        }
    }
}
