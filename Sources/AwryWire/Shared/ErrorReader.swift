// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryXML

/// What an error that another server sent says, as a client would read it.
public struct ReadError: Sendable, Hashable {
    /// The code, without a name space before it.
    public var code: String
    /// The message for people, if there is one.
    public var message: String?

    /// The error in an answer of any AWS protocol; nil where there is none to be found, as in an answer to HEAD.
    public init?(headers: [Header], body: [UInt8]) {
        if let said = headers.first(where: { $0.name.lowercased() == "x-amzn-errortype" })?.value, !said.isEmpty {
            self.init(Self.plain(said), Self.document(body).flatMap(Self.message))
            return
        }
        if let document = Self.document(body) {
            guard let said = document["__type"]?.string ?? document["code"]?.string ?? document["Code"]?.string else {
                return nil
            }
            self.init(Self.plain(said), Self.message(document))
            return
        }
        // `<Error>` stands alone, in `<ErrorResponse>`, or in EC2's `<Response><Errors>`.
        guard let root = (try? XMLDocument(body[...]))?.root,
            let error = Self.element("Error", in: root, depth: 3), let code = error.first("Code")?.text, !code.isEmpty
        else { return nil }
        self.init(code, error.first("Message")?.text)
    }

    private init(_ code: String, _ message: String?) {
        self.code = code
        self.message = message
    }

    /// A body that is a map, in JSON or CBOR.
    private static func document(_ body: [UInt8]) -> Fields? {
        guard let first = body.first, first != UInt8(ascii: "<") else { return nil }
        return ((try? JSON.parse(body[...])) ?? (try? CBOR.parse(body[...])))?.fields
    }

    private static func message(_ document: Fields) -> String? {
        document["message"]?.string ?? document["Message"]?.string
    }

    /// `com.amazonaws.sqs#QueueDoesNotExist:http://…` is `QueueDoesNotExist`.
    private static func plain(_ said: String) -> String {
        let name = said.split(separator: "#").last ?? said[...]
        return String(name.prefix { $0 != ":" })
    }

    private static func element(_ name: String, in parent: XMLElement, depth: Int) -> XMLElement? {
        if parent.isNamed(name) { return parent }
        guard depth > 0 else { return nil }
        for child in parent.children {
            if let found = element(name, in: child, depth: depth - 1) { return found }
        }
        return nil
    }
}
