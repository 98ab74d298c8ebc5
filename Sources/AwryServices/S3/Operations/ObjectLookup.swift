// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension Bucket {
    /// The object that a key, and the version id of a call, name. To who does not read but change it, a delete marker
    /// is there and not to be changed.
    func object(
        _ key: ObjectKey, version id: String?, _ call: FakeCall, isRead: Bool = true
    ) throws(WireError) -> Found {
        let found: ObjectVersion?
        if let id {
            try Self.checkForm(ofVersionID: id, call)
            found = version(key, id)
            guard found != nil else { throw call.noSuchVersion(key.text, id) }
        } else {
            found = latest(key)
        }
        guard let found else { throw call.noSuchKey(key.text) }
        guard let content = found.content else { throw markerRefusal(found, key, isNamed: id != nil || !isRead, call) }
        return Found(version: found, content: content)
    }

    /// An object and the version that holds it.
    struct Found: Sendable {
        let version: ObjectVersion
        let content: ObjectContent
    }

    /// A delete marker is no object: without its id there is nothing here, by its id it can only be deleted.
    private func markerRefusal(
        _ marker: ObjectVersion, _ key: ObjectKey, isNamed: Bool, _ call: FakeCall
    ) -> WireError {
        var error = isNamed ? call.methodNotAllowed("DeleteMarker") : call.noSuchKey(key.text)
        error.headers += [Header("x-amz-delete-marker", "true"), Header("x-amz-version-id", marker.shownID)]
        if isNamed {
            error.headers += [
                Header("Allow", "DELETE"), Header("Last-Modified", TimeFormats.rfc822(marker.modifiedAt)),
            ]
        }
        return error
    }

    /// Refuses what was never a version id: `null`, or 32 letters as `nextVersionID` makes them.
    static func checkForm(ofVersionID id: String, _ call: FakeCall) throws(WireError) {
        let isForm =
            id.utf8.count == 32
            && id.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
        guard isForm || id == "null" else {
            throw call.invalidArgument("Invalid version id specified", "versionId", id)
        }
    }

    /// The version id as an output shows it: none where the bucket has never had versions.
    func shownID(of version: ObjectVersion) -> String? { versioning == .never ? nil : version.shownID }
}

extension FakeCall {
    /// The resource does not know this method.
    func methodNotAllowed(_ resource: String) -> WireError {
        refusal(
            "MethodNotAllowed", ["Method": .string(operation.traits.method), "ResourceType": .string(resource)])
    }

    /// Refuses an archived object that was not restored.
    func checkReadable(_ content: ObjectContent, message: String? = nil) throws(WireError) {
        guard StorageClass.archives.contains(content.storageClass) else { return }
        if let restoration = content.restoration, restoration.isReadable(at: now) { return }
        throw refusal("InvalidObjectState", ["StorageClass": .string(content.storageClass)], message: message)
    }
}

extension Restoration {
    func isReadable(at now: Timestamp) -> Bool { readyAt <= now && now < expiresAt }
}
