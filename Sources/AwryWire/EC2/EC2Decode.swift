// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

extension EC2Protocol {
    /// The input in a form: `InstanceId.1=i-1&Filter.1.Name=…`, in the model's order of members.
    static func decodeInput(
        _ call: IdentifiedCall, head: RequestHead, body: ArraySlice<UInt8>
    ) throws(WireError) -> Fields {
        guard let input = call.operation.input else { return [:] }
        return try decode(try QueryProtocol.form(head, body), as: call.service[input], of: call.service)
    }

    /// The structure in a form, typed by its shape.
    static func decode(_ form: Form, as shape: Shape, of service: Service) throws(WireError) -> Fields {
        try QueryProtocol.decode(form, as: shape, named: QueryNames(service, isEC2Form: true))
    }
}
