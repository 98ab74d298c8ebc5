// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel
import AwryXML

/// AWS's query protocol (Smithy's awsQuery): a form in, XML out. SQS's legacy callers use it too, with a model that
/// no longer says how: see `QueryNames`.
enum QueryProtocol: WireProtocol {
    /// The parameters of a request: those of the target's query string, then those of the body.
    static func form(_ head: RequestHead, _ body: ArraySlice<UInt8>) throws(WireError) -> Form {
        var form = Form()
        if let query = head.query { try form.append(query) }
        try form.append(body)
        return form
    }

    /// The name space of the service's answers.
    static func namespace(_ service: Service?) -> String? {
        guard let service else { return nil }
        return isLegacySQS(service) ? "http://queue.amazonaws.com/doc/2012-11-05/" : service.metadata.xmlNamespace
    }

    static func isLegacySQS(_ service: Service?) -> Bool {
        service.map { QueryNames($0).isLegacySQS } ?? false
    }

    /// SQS declares its documents and writes `&quot;`; IAM and STS do neither.
    static func document(_ service: Service?) -> XMLWriter {
        let isSQS = isLegacySQS(service)
        return XMLWriter(declaration: isSQS, quotes: isSQS)
    }
}
