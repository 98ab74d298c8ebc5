// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP

/// A form as browsers send files in it (RFC 7578): fields, and one file after them, which stays where it lies.
public struct MultipartForm: Sendable {
    /// One field before the file.
    public struct Field: Sendable, Hashable {
        /// The name as sent.
        public var name: String
        /// The value.
        public var value: String
    }

    /// What stands before the file is read up to here; S3 itself takes 20,000 bytes of it.
    public static let headBytes = 64 << 10

    /// The fields before the file, in order.
    public private(set) var fields: [Field] = []
    /// The file's bytes; nil where there is no file.
    public private(set) var file: Blob?
    /// The name that the client gives the file, without its folders.
    public private(set) var fileName = ""
    /// The type that the client gives the file.
    public private(set) var fileType: String?

    /// Reads a body; `head` says what separates its parts.
    ///
    /// Throws `MalformedPOSTRequest`, and `MaxPostPreDataLengthExceededError` where the file begins too late.
    public init(_ body: Blob, _ head: RequestHead) throws(WireError) {
        let prefix = body.prefix(Self.headBytes).bytes
        let delimiter = try Self.delimiter(head)
        guard let start = try readFields(prefix, delimiter, isWhole: prefix.count == body.count) else { return }
        let rest = body.slice(start..<body.count)
        guard let end = Self.find(delimiter, in: rest) else { throw Self.malformed }
        file = rest.prefix(end)
    }

    /// Reads only the fields of a body of which this is the beginning.
    public init(fieldsOf prefix: ArraySlice<UInt8>, _ head: RequestHead) throws(WireError) {
        _ = try readFields(prefix.prefix(Self.headBytes), Self.delimiter(head), isWhole: false)
    }

    /// The value of the first field of this name, letter case aside.
    public func value(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name }?.value
    }

    private static let malformed = WireError(
        "MalformedPOSTRequest", status: 400,
        message: "The body of your POST request is not well-formed multipart/form-data.")
    private static let tooLong = WireError(
        "MaxPostPreDataLengthExceededError", status: 400,
        message: "Your POST request fields preceding the upload file were too large.")

    /// CR LF, two dashes, and what the content type says (RFC 2046 5.1.1).
    private static func delimiter(_ head: RequestHead) throws(WireError) -> [UInt8] {
        for part in (head.text("content-type") ?? "").split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, trimmed(pair[0]).lowercased() == "boundary" else { continue }
            var value = trimmed(pair[1])
            if value.count > 1, value.first == "\"", value.last == "\"" { value = String(value.dropFirst().dropLast()) }
            guard (1...70).contains(value.utf8.count) else { break }
            return Array("\r\n--\(value)".utf8)
        }
        throw malformed
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// Where the file begins, if there is one.
    private mutating func readFields(
        _ bytes: ArraySlice<UInt8>, _ delimiter: [UInt8], isWhole: Bool
    ) throws(WireError) -> Int? {
        // The first delimiter may lack its CR LF: nothing stands before it.
        let first = delimiter.dropFirst(2)
        var rest = bytes
        if rest.starts(with: first) {
            rest = rest.dropFirst(first.count)
        } else {
            guard let found = rest.firstRange(of: delimiter) else { throw Self.malformed }
            rest = rest[found.upperBound...]
        }
        while true {
            if rest.starts(with: "--".utf8) { return nil }
            guard rest.starts(with: "\r\n".utf8), let headEnd = rest.firstRange(of: "\r\n\r\n".utf8) else {
                throw isWhole ? Self.malformed : Self.tooLong
            }
            // The blank line may follow at once: a part without headers.
            let part = PartHead(rest[(rest.startIndex + 2)..<max(headEnd.lowerBound, rest.startIndex + 2)])
            let data = rest[headEnd.upperBound...]
            guard let name = part.name else { throw Self.malformed }
            if name.lowercased() == "file" {
                fileName = part.fileName ?? ""
                fileType = part.type
                return data.startIndex - bytes.startIndex
            }
            guard let end = data.firstRange(of: delimiter) else { throw isWhole ? Self.malformed : Self.tooLong }
            fields.append(Field(name: name, value: String(decoding: data[..<end.lowerBound], as: UTF8.self)))
            rest = data[end.upperBound...]
        }
    }

    /// Where a delimiter begins in a body of any size, which is read piece by piece.
    static func find(_ delimiter: [UInt8], in body: Blob) -> Int? {
        guard let first = delimiter.first else { return nil }
        var found: Int?
        var offset = 0
        var carried: [UInt8] = []
        body.forEachPiece { piece in
            guard found == nil else { return }
            // What the last piece ended with may be a delimiter's beginning.
            if !carried.isEmpty {
                let joint = carried + piece.prefix(delimiter.count)
                if let range = joint.firstRange(of: delimiter) { found = offset - carried.count + range.lowerBound }
            }
            var start = 0
            while found == nil, start + delimiter.count <= piece.count,
                let place = piece[start...].firstIndex(of: first), place + delimiter.count <= piece.count
            {
                if piece[place..<(place + delimiter.count)].elementsEqual(delimiter) { found = offset + place }
                start = place + 1
            }
            carried = Array((carried + piece.suffix(delimiter.count - 1)).suffix(delimiter.count - 1))
            offset += piece.count
        }
        return found
    }
}

/// What a part says of itself (RFC 7578 4.2, 4.4).
private struct PartHead {
    var name: String?
    var fileName: String?
    var type: String?

    init(_ bytes: ArraySlice<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            switch line[..<colon].lowercased() {
            case "content-type": type = String(value)
            case "content-disposition":
                name = Self.parameter("name", of: value)
                // Old browsers send the whole path.
                fileName = Self.parameter("filename", of: value)
                    .map { String($0.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "") }
            default: break
            }
        }
    }

    /// `; name="value"`; in it `\"` and `%22` stand for the quotation mark.
    private static func parameter(_ name: String, of value: Substring) -> String? {
        var rest = value
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop { $0 == " " }
            guard rest.lowercased().hasPrefix("\(name)=") else { continue }
            var text = rest.dropFirst(name.count + 1)
            guard text.first == "\"" else { return String(text.prefix { $0 != ";" && $0 != " " }) }
            text = text.dropFirst()
            var out = ""
            while let character = text.popFirst(), character != "\"" {
                out.append(character == "\\" && text.first == "\"" ? text.removeFirst() : character)
            }
            return out
        }
        return nil
    }
}
