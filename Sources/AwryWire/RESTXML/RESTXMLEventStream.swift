// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryXML

extension RESTXMLProtocol {
    /// A payload that is a stream of events (SelectObjectContent). Without any it is `End`, by which a client knows
    /// that it has all.
    static func eventStream(_ value: Value?, _ stream: Shape, _ service: Service) throws(ShapeMismatch) -> [UInt8] {
        let format = XMLEvents(service: service)
        let isEmpty = try XMLEvents.events(in: value).isEmpty
        return try format.stream(isEmpty && stream.member("End") != nil ? ["End": [:]] : value, stream)
    }

    static func eventFormat(_ call: IdentifiedCall) -> (any EventFormat)? {
        XMLEvents(service: call.service)
    }
}

/// Events whose structures are XML.
struct XMLEvents: EventFormat {
    let service: Service
    let contentType = "text/xml"
    let hasInitialResponse = false

    func document(_ fields: Fields, _ shape: Shape) throws(ShapeMismatch) -> [UInt8] {
        try RESTXMLProtocol.document(.structure(fields), root: nil, shape, service)
    }

    func document(_ error: WireError) -> [UInt8] {
        var document = XMLWriter()
        document.start(error.shape)
        document.element("Message", error.message ?? "")
        for (name, value) in error.fields where name.lowercased() != "message" {
            document.element(name, Scalars.text(of: value))
        }
        return document.finish()
    }
}
