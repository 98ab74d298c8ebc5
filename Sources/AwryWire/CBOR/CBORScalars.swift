// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Types CBOR's scalars by the model: blobs and moments are values of their own, the rest is as in JSON.
enum CBORScalars {
    static func value(_ value: Value, _ shape: Shape, _ epoch: CBOR.Epoch) throws(JSONMisfit) -> Value {
        switch (shape.kind, value) {
        case (.timestamp, .timestamp), (.blob, .blob): return value
        case (.timestamp, _): return .timestamp(try moment(value, epoch))
        case (.blob, _): throw JSONScalars.cannot(value, "a Blob")
        default: return try JSONScalars.value(value, shape)
        }
    }

    /// Numbers without the tag pass for moments.
    private static func moment(_ value: Value, _ epoch: CBOR.Epoch) throws(JSONMisfit) -> Timestamp {
        let moment: Timestamp? =
            switch value {
            case .integer(let number): epoch.moment(Double(number))
            case .double(let number): epoch.moment(number)
            default: nil
            }
        guard let moment else { throw JSONScalars.cannot(value, "milliseconds since epoch") }
        return moment
    }
}
