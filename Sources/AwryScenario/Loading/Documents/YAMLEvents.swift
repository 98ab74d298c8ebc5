// SPDX-License-Identifier: Apache-2.0

import CYAML

/// A step through a YAML text, as libyaml's event interface gives it, in Swift's types.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd, sequenceEnd, mappingEnd
        case alias(String)
        case scalar(String, isPlain: Bool)
        case sequenceStart
        case mappingStart
    }

    var kind: Kind
    var anchor: String?
    var tag: String?
    /// From 0, in characters.
    var line: Int
    /// From 0, in characters.
    var column: Int
}

/// libyaml's parser over bytes that outlive it. Not copied: one owner frees it.
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// A parser of a UTF-8 text; nil where memory is short. The buffer must stay valid as long as the parser.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event.
    func next() throws(YAMLProblem) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw YAMLProblem(parser.pointee) }
        defer { yaml_event_delete(&event) }
        return YAMLEvents.translate(event)
    }

    private static func translate(_ event: yaml_event_t) -> YAMLEvent {
        let mark = event.start_mark
        var result = YAMLEvent(kind: .streamEnd, line: mark.line, column: mark.column)
        switch event.type {
        case YAML_STREAM_START_EVENT: result.kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
        case YAML_ALIAS_EVENT: result.kind = .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            result.kind = .scalar(
                String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            result.anchor = text(scalar.anchor)
            result.tag = text(scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            result.kind = .sequenceStart
            result.anchor = text(event.data.sequence_start.anchor)
            result.tag = text(event.data.sequence_start.tag)
        case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            result.kind = .mappingStart
            result.anchor = text(event.data.mapping_start.anchor)
            result.tag = text(event.data.mapping_start.tag)
        case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
        default: break
        }
        return result
    }

    private static func text(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        bytes.map { String(cString: $0) }
    }
}

/// Why libyaml could not go on.
struct YAMLProblem: Error {
    /// libyaml's words for what is wrong, and for what it was doing.
    var problem: String
    var context: String
    /// Line and column from 0: of the problem, and of where what it was doing began.
    var place: (line: Int, column: Int)
    var contextPlace: (line: Int, column: Int)?
    /// Where the reader itself stumbled, in bytes from 0; the places are not set then.
    var byteOffset: Int?

    init(_ parser: yaml_parser_t) {
        problem = parser.problem.map { String(cString: $0) } ?? "not readable as YAML"
        context = parser.context.map { String(cString: $0) } ?? ""
        place = (parser.problem_mark.line, parser.problem_mark.column)
        contextPlace = parser.context == nil ? nil : (parser.context_mark.line, parser.context_mark.column)
        if parser.error == YAML_READER_ERROR { byteOffset = parser.problem_offset }
    }
}
