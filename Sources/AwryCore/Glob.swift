// SPDX-License-Identifier: Apache-2.0

/// A glob over a whole text: `*` any run of characters (also of `/`), `?` one character, `\` escapes, nothing else is
/// special.
public struct Glob: Sendable, Hashable {
    private enum Piece: Sendable, Hashable {
        case literal(Unicode.Scalar)
        case one
        case run
    }

    /// The pattern as written.
    public let pattern: String
    private let pieces: [Piece]
    private let ignoresCase: Bool

    /// The glob of a pattern; `ignoringCase` folds ASCII letters only, as names of services and headers want.
    public init(_ pattern: String, ignoringCase: Bool = false) {
        var pieces: [Piece] = []
        var escaped = false
        for scalar in pattern.unicodeScalars {
            if escaped {
                pieces.append(.literal(scalar))
                escaped = false
                continue
            }
            switch scalar {
            case "\\": escaped = true
            case "*": if pieces.last != .run { pieces.append(.run) }
            case "?": pieces.append(.one)
            default: pieces.append(.literal(scalar))
            }
        }
        if escaped { pieces.append(.literal("\\")) }
        self.pattern = pattern
        self.pieces = ignoringCase ? pieces.map(Glob.folded) : pieces
        self.ignoresCase = ignoringCase
    }

    /// The one text that matches, if the glob has no wildcard.
    public var literal: String? {
        var text = String.UnicodeScalarView()
        for piece in pieces {
            guard case .literal(let scalar) = piece else { return nil }
            text.append(scalar)
        }
        return String(text)
    }

    /// Whether every text matches.
    public var matchesAll: Bool { pieces == [.run] }

    /// Whether the whole of `text` matches. Linear in text times wildcards: a run that fails is lengthened, never
    /// re-entered.
    public func matches(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        var at = scalars.startIndex
        var piece = 0
        var lastRun: (piece: Int, at: String.UnicodeScalarView.Index)?
        while at < scalars.endIndex {
            if piece < pieces.count, pieces[piece] == .run {
                lastRun = (piece, at)
                piece += 1
            } else if piece < pieces.count, accepts(pieces[piece], scalars[at]) {
                piece += 1
                at = scalars.index(after: at)
            } else if let run = lastRun {
                at = scalars.index(after: run.at)
                lastRun = (run.piece, at)
                piece = run.piece + 1
            } else {
                return false
            }
        }
        while piece < pieces.count, pieces[piece] == .run { piece += 1 }
        return piece == pieces.count
    }

    private func accepts(_ piece: Piece, _ scalar: Unicode.Scalar) -> Bool {
        switch piece {
        case .run: false
        case .one: true
        case .literal(let wanted): wanted == (ignoresCase ? Glob.fold(scalar) : scalar)
        }
    }

    private static func folded(_ piece: Piece) -> Piece {
        if case .literal(let scalar) = piece { .literal(fold(scalar)) } else { piece }
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
    }
}
