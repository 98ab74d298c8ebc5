// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AwryServices

struct BucketNameTests {
    @Test(arguments: [
        "abc", "reports", "my.bucket-1", "123", "192.168.5", "a--x-s3", "amzn-s3-demo-bucket",
        "arn:aws:s3:us-east-1:123456789012:accesspoint/ap",
    ])
    func accepts(name: String) {
        #expect(BucketName.isValid(name))
    }

    @Test(arguments: [
        "", "ab", "invalid-bucket-name!", "myTestBucket", "-abc", "abc-", ".abc", "a..b", "192.168.5.4", "xn--abc",
        "a_b", "ab c", String(repeating: "a", count: 64), "bücket",
    ])
    func refuses(name: String) {
        #expect(!BucketName.isValid(name))
    }
}
