// SPDX-License-Identifier: Apache-2.0

import AwryModel

/// How one request speaks: which protocol, and the variants that change the answer.
public enum Dialect: Sendable, Hashable {
    case restXML
    case restJSON
    /// `X-Amz-Target` and a JSON body; the version is `1.0` or `1.1`.
    case json(version: String)
    /// `Action=…&Version=…` in a form; also how old clients still call SQS.
    case query
    case ec2
    /// Smithy's RPC v2 CBOR: the operation in the path, `Smithy-Protocol: rpc-v2-cbor`.
    case cbor
    /// AWS JSON with CBOR in place of JSON (`application/x-amz-cbor-1.1`), as Kinesis's Java clients speak it.
    case jsonCBOR(version: String)
    /// What the web site of a bucket speaks: rest-xml to read from, and errors as pages of HTML.
    case website
    /// What the endpoints for credentials speak: rest-json, with errors of their own.
    case metadata

    /// The dialect in which a service speaks this protocol.
    public init(_ name: ProtocolName, of service: Service) {
        self =
            switch name {
            case .restXML: .restXML
            case .restJSON: .restJSON
            case .json: .json(version: service.metadata.jsonVersion ?? "1.1")
            case .query: .query
            case .ec2: .ec2
            case .cbor: .cbor
            }
    }

    /// The protocol's name, without its variants.
    public var protocolName: ProtocolName {
        switch self {
        case .restXML, .website: .restXML
        case .restJSON, .metadata: .restJSON
        case .json, .jsonCBOR: .json
        case .query: .query
        case .ec2: .ec2
        case .cbor: .cbor
        }
    }
}
