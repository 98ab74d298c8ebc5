// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension S3 {
    static var selectObjectContent: Handler? { select }

    private static func select(_ state: inout S3, _ call: FakeCall) throws(WireError) -> Outcome {
        let found = try state.bucket(of: call).object(try call.objectKey(), version: nil, call)
        try call.checkReadable(found.content)
        try found.content.encryption.check(try CustomerKey.read(call), call)
        let events = try SelectRequest.events(for: call.input, of: found.content.body.blob, now: call.now)
        return .output(["Payload": .list(events)])
    }
}
