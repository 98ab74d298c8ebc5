// SPDX-License-Identifier: Apache-2.0

/// Says in a user's words what libyaml says in its own.
enum YAMLWords {
    /// Where and what, for a person.
    static func explain(_ problem: YAMLProblem, bytes: [UInt8], file: String) -> (SourceLocation, String) {
        if let offset = problem.byteOffset {
            let location = SourceText.location(of: offset, in: bytes, file: file)
            return (location, "a character that YAML does not allow (\(problem.problem)); in double quotes write \\x..")
        }
        let here = SourceLocation(file: file, line: problem.place.line + 1, column: problem.place.column + 1)
        let began = problem.contextPlace.map {
            SourceLocation(file: file, line: $0.line + 1, column: $0.column + 1)
        }
        let character = SourceText.character(line: problem.place.line, column: problem.place.column, in: bytes)
        switch problem.problem {
        case "found character that cannot start any token":
            return (here, unexpected(character))
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return (here, tab)
        case "found unexpected end of stream" where problem.context.contains("quoted"):
            return (began ?? here, "this quotation mark is never closed")
        case "could not find expected ':'":
            return (began ?? here, "expected `key: value`; is a `:` missing, or a space after it?")
        case "mapping values are not allowed in this context":
            return (
                here, "a `:` where no key can stand: check the indentation, or put a text that holds `: ` in quotes"
            )
        case "did not find expected key":
            return (
                here, character == "\t" ? tab : "expected a key: check the indentation of this line and the one above"
            )
        case "did not find expected '-' indicator":
            return (here, "expected `- `: check the indentation of this line and the one above")
        case "did not find expected ',' or ']'":
            return (here, "expected `,` or `]`\(opened(began, "["))")
        case "did not find expected ',' or '}'":
            return (here, "expected `,` or `}`\(opened(began, "{"))")
        case "found unknown escape character":
            return (here, "no such escape in double quotes; write `\\\\` for a backslash, or use single quotes")
        case "did not find expected hexdecimal number":
            return (
                here,
                "`\\x`, `\\u` and `\\U` want hexadecimal digits; write `\\\\` for a backslash, or use single quotes"
            )
        case "found duplicate %YAML directive", "found incompatible YAML document":
            return (here, "only YAML 1.1 and 1.2 can be read")
        case "found undefined tag handle":
            return (here, "a tag means nothing here")
        case "block sequence entries are not allowed in this context":
            return (here, "a `-` where no list can begin: put it on a line of its own")
        case "did not find expected <document start>":
            return (here, "expected the end of the text or `---`: is this line indented as the ones above?")
        default:
            let doing = problem.context.isEmpty ? "" : " \(problem.context)"
            return (here, "not YAML: \(problem.problem)\(doing)")
        }
    }

    private static let tab = "a tab; YAML is indented by spaces only"

    private static func unexpected(_ character: Character?) -> String {
        guard let character else { return "expected a value" }
        if character == "\t" { return tab }
        return "a text cannot begin with `\(character)`; put it in quotes"
    }

    private static func opened(_ place: SourceLocation?, _ bracket: String) -> String {
        place.map { "; the `\(bracket)` is on line \($0.line)" } ?? ""
    }
}
