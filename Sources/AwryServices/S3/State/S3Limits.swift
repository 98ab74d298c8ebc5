// SPDX-License-Identifier: Apache-2.0

/// S3's limits ("Amazon S3 multipart upload limits", "Creating object key names", "Working with object metadata",
/// "Categorizing your objects using tags", "Using cost allocation S3 bucket tags", of the Amazon S3 User Guide).
enum S3Limits {
    /// A key's bytes.
    static let keyBytes = 1024
    /// The bytes of all user metadata, names and values.
    static let metadataBytes = 2048
    /// The tags of an object, of a bucket, and what one may hold.
    static let tagsOfObject = 10
    static let tagsOfBucket = 50
    static let tagKeyLetters = 128
    static let tagValueLetters = 256
    /// What may be put, or copied, at once.
    static let uploadBytes = 5 << 30
    /// Every part but the last is at least so large.
    static let partBytes = 5 << 20
    static let parts = 10_000
    /// What a page of a listing may show.
    static let pageEntries = 1000
    /// General-purpose buckets of an account, unless it asked for more ("Amazon S3 endpoints and quotas").
    static let buckets = 10_000
    /// How many objects DeleteObjects takes.
    static let deletions = 1000
}
