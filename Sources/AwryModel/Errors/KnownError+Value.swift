// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension KnownError {
    /// The error as JSON, for `awry errors --json` and the control interface.
    public var value: Value {
        var fields: Fields = ["code": .string(code), "shape": .string(shape)]
        if let namespace { fields["namespace"] = .string(namespace) }
        fields["status"] = .integer(Int64(status))
        fields["fault"] = .string(fault.rawValue)
        fields["retry"] = .string(retry.rawValue)
        fields["message"] = .string(message)
        fields["members"] = .list(memberNames.map { .string($0) })
        fields["knownTo"] = .string(origin.rawValue)
        return .structure(fields)
    }
}
