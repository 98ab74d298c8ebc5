// SPDX-License-Identifier: Apache-2.0

/// What S3 answers to operations for which its model says 200 (the sample answers of these operations in the Amazon S3
/// API Reference).
enum S3Statuses {
    static let table: [String: Int] = [
        "PutBucketAnalyticsConfiguration": 204,
        "PutBucketMetricsConfiguration": 204,
        "PutBucketPolicy": 204,
        "PutBucketTagging": 204,
    ]
}
