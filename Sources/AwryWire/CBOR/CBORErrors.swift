// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension CBORProtocol {
    /// An error as a CBOR map with `__type`. Only the older protocol, being AWS JSON's, has its name in a header too.
    static func encodeError(
        _ error: WireError, dialect: Dialect, service: Service?, _ context: AnswerContext
    ) -> Rendered {
        var headers = headers(dialect, service, context)
        headers.append(Header("Content-Type", contentType(dialect)))
        if dialect != .cbor { headers.append(Header("x-amzn-ErrorType", JSONProtocol.safe(error.shape))) }
        if let header = JSONProtocol.queryError(error, service) { headers.append(header) }
        headers += error.headers
        return Rendered(status: error.status, headers: headers, body: body(error, dialect, service))
    }

    private static func body(_ error: WireError, _ dialect: Dialect, _ service: Service?) -> [UInt8] {
        let namespace = error.namespace ?? self.namespace(of: error.shape, in: service, dialect)
        let name = namespace.map { $0 + "#" + error.shape } ?? error.shape
        return document(error, named: name, service, epoch(dialect))
    }

    /// A map of the message and the error's other members, after `__type` where there is a name for it.
    static func document(
        _ error: WireError, named name: String?, _ service: Service?, _ epoch: CBOR.Epoch
    ) -> [UInt8] {
        let modelled = service?.error(error.shape)
        let others = error.fields.filter { error.message == nil || !JSONProtocol.isMessage($0.name) }
        let cbor = CBORWriter(epoch: epoch)
        var out: [UInt8] = []
        cbor.mapHead((name == nil ? 0 : 1) + (error.message == nil ? 0 : 1) + others.count, into: &out)
        if let name {
            cbor.text("__type", into: &out)
            cbor.text(name, into: &out)
        }
        if let message = error.message {
            cbor.text(JSONProtocol.messageName(modelled), into: &out)
            cbor.text(message, into: &out)
        }
        for (name, value) in others {
            let member = modelled?.member(name)
            cbor.text(member?.wireName ?? name, into: &out)
            write(value, member, service, cbor, into: &out)
        }
        return out
    }

    /// By the model where the value fits it, else as it is: an error is answered in any case.
    private static func write(
        _ value: Value, _ member: Member?, _ service: Service?, _ cbor: CBORWriter, into out: inout [UInt8]
    ) {
        let start = out.count
        if let service, let member {
            do {
                let writer = CBORValueWriter(service: service, epoch: cbor.epoch)
                return try writer.value(value, service[member.shape], into: &out)
            } catch {
                out.removeSubrange(start...)
            }
        }
        cbor.write(value, into: &out)
    }
}
