// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    private typealias Selected = Result<[Value], WireError>

    static var selectObjectContent: Handler? { select }

    private static func select(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let found = try state.bucket(of: call).object(try call.objectKey(), version: nil, call)
        try call.checkReadable(found.content)
        try found.content.encryption.check(try CustomerKey.read(call), call)
        if let selected = call.worked?.result as? Selected { return .output(["Payload": .list(try selected.get())]) }
        let (input, blob, now) = (call.input, found.content.body.blob, call.now)
        return .work(
            Work {
                Selected { () throws(WireError) in try SelectRequest.events(for: input, of: blob, now: now) }
            })
    }
}
