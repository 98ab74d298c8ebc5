// SPDX-License-Identifier: Apache-2.0

extension Quota {
    /// "Best practices design patterns: optimizing Amazon S3 performance" of the S3 User Guide: requests a second for
    /// each partitioned prefix.
    static let s3: [Quota] = [
        Quota("s3.writesPerPrefix", 3500, per: .prefix, of: .methods(["PUT", "POST", "DELETE"])),
        Quota("s3.readsPerPrefix", 5500, per: .prefix, of: .methods(["GET", "HEAD"])),
    ]
}
