// SPDX-License-Identifier: Apache-2.0

/// Metrics in Prometheus's text format (Prometheus documentation, "Exposition formats", version 0.0.4).
public struct PrometheusText: Sendable {
    /// The document so far.
    public private(set) var text = ""

    /// An empty document.
    public init() {}

    /// Begins a metric: what it says, and its type, `counter`, `gauge` or `histogram`.
    public mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// A value of it.
    public mutating func value(_ name: String, _ labels: [(name: String, value: String)] = [], _ value: String) {
        let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        text += name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(value)\n"
    }

    /// A metric of one value.
    public mutating func single(_ name: String, _ type: String, _ help: String, _ number: Int) {
        begin(name, type, help)
        value(name, [], String(number))
    }

    /// A histogram. `counts` has one more than `bounds`, in seconds: those that are above all of them.
    public mutating func histogram(_ name: String, _ help: String, bounds: [Double], counts: [Int], sum: Double) {
        begin(name, "histogram", help)
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? String(bounds[index]) : "+Inf"
            value(name + "_bucket", [("le", bound)], String(total))
        }
        value(name + "_sum", [], String(sum))
        value(name + "_count", [], String(total))
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
