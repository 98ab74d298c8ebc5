// SPDX-License-Identifier: Apache-2.0

/// The storage classes of a general-purpose bucket's objects (Amazon S3 User Guide, "Understanding and managing Amazon
/// S3 storage classes").
enum StorageClass {
    static let standard = "STANDARD"
    /// Those that an object can be put into.
    static let writable: Set<String> = [
        standard, "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE",
        "GLACIER_IR",
    ]
    /// Those whose objects are read only after they were restored.
    static let archives: Set<String> = ["GLACIER", "DEEP_ARCHIVE"]
    /// The one of a directory bucket's objects.
    static let express = "EXPRESS_ONEZONE"
}
