// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// What happens to a key's versions.
extension Bucket {
    /// The latest version of a key, a delete marker included.
    func latest(_ key: ObjectKey) -> ObjectVersion? { objects[key]?.last }

    /// The object that a key names without a version id; nil where there is none, or a delete marker says so.
    func current(_ key: ObjectKey) -> ObjectVersion? {
        guard let latest = latest(key), !latest.isDeleteMarker else { return nil }
        return latest
    }

    /// The tags of a key's latest version, looked at in its place: every call that is judged asks for them.
    func tags(ofLatest key: ObjectKey) -> Fields {
        guard let place = objects.position(of: key) else { return [:] }
        let versions = objects[place]
        return versions.isEmpty ? [:] : versions[versions.count - 1].content?.tags ?? [:]
    }

    /// The version of this id, as clients say it.
    func version(_ key: ObjectKey, _ id: String) -> ObjectVersion? {
        objects[key]?.last { $0.shownID == id }
    }

    /// Puts a version in: beside the others while versions are kept, else in the place of the `null` version.
    mutating func add(_ version: ObjectVersion, to key: ObjectKey) {
        guard let place = objects.position(of: key) else { return objects.insert(key, [version]) }
        if version.id == nil { objects[place].removeAll { $0.id == nil } }
        objects[place].append(version)
    }

    /// Takes a version out; what it was, or nil where there is none of that id.
    @discardableResult
    mutating func remove(_ key: ObjectKey, _ id: String) -> ObjectVersion? {
        guard let place = objects.position(of: key),
            let index = objects[place].lastIndex(where: { $0.shownID == id })
        else { return nil }
        let removed = objects[place].remove(at: index)
        if objects[place].isEmpty { objects.remove(at: place) }
        return removed
    }

    /// Gives the version of this id another content; the version stays what and where it is.
    mutating func replace(_ key: ObjectKey, _ id: String, by content: ObjectContent) {
        guard let place = objects.position(of: key),
            let index = objects[place].lastIndex(where: { $0.shownID == id })
        else { return }
        objects[place][index].content = content
    }

    /// Who owns what an account puts here: the bucket's owner, unless its ownership controls leave it to the writer
    /// (Amazon S3 User Guide, "Controlling ownership of objects").
    func objectOwner(writer account: String) -> S3Owner {
        account == self.account || ownership == .bucketOwnerEnforced ? acl.owner : S3Owner(account: account)
    }
}
