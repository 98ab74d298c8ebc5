// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension AccessRecord {
    /// What one request did beside: the read of a copy, and each deletion of a batch that was carried out. `failed`
    /// has the errors' codes of the keys that were not deleted.
    public func parts(_ input: Fields, failed: [String: String]) -> [AccessRecord] {
        if let source = input["CopySource"]?.string.flatMap({ CopySource($0) }) {
            var read = part("\(operation)_GET", source.key, source.versionID)
            read.bucket = source.bucket
            return [read]
        }
        guard operation == "REST.POST.MULTI_OBJECT_DELETE", status == 200 else { return [] }
        return (input["Delete"]?.fields?["Objects"]?.list ?? []).compactMap(\.fields).map { object in
            let key = object["Key"]?.string ?? ""
            var deletion = part("BATCH.DELETE.OBJECT", key, object["VersionId"]?.string)
            deletion.error = failed[key]
            deletion.status = deletion.error.map { $0 == "AccessDenied" ? 403 : 400 } ?? 204
            return deletion
        }
    }

    private func part(_ operation: String, _ key: String, _ versionID: String?) -> AccessRecord {
        var part = self
        part.operation = operation
        part.key = key
        part.versionID = versionID
        part.bytesSent = 0
        part.objectSize = nil
        return part
    }
}
