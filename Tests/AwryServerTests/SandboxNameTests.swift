// SPDX-License-Identifier: Apache-2.0

import AwryServer
import Testing

struct SandboxNameTests {
    @Test func pathsNameSandboxes() throws {
        let found = try #require(SandboxName.inPath(Array("/_sandbox/test-1/bucket/key".utf8)[...]))
        #expect(found.name == "test-1")
        #expect(found.length == "/_sandbox/test-1".utf8.count)
        #expect(SandboxName.inPath(Array("/_sandbox/a".utf8)[...])?.name == "a")
    }

    @Test(arguments: ["/bucket/key", "/_sandbox/", "/_sandbox//x", "/_sandbox/a%20b/", "/x/_sandbox/a/"])
    func otherPathsDoNot(path: String) {
        #expect(SandboxName.inPath(Array(path.utf8)[...]) == nil)
    }

    @Test(arguments: [
        ("one.sandbox.localhost:4566", "one"), ("bucket.one.sandbox.localhost", "one"), ("sandbox.localhost", nil),
        ("localhost:4566", nil), ("one.sandbox", nil), ("s3.us-east-1.amazonaws.com", nil),
    ])
    func hostsNameSandboxes(host: String, name: String?) {
        #expect(SandboxName.inHost(Array(host.utf8)[...]) == name)
    }

    @Test(arguments: [
        ("AKIAIOSFODNN7EXAMPLE", nil, nil), ("111122223333", nil, "111122223333"), ("sandbox.t1", "t1", nil),
        ("sandbox.t1.111122223333", "t1", "111122223333"), ("sandbox.", nil, nil), ("sandbox.a.b.c", nil, nil),
        ("sandbox.t1.12", "t1", nil),
    ])
    func keysNameSandboxesAndAccounts(key: String, sandbox: String?, account: String?) {
        let found = SandboxName.inKey(key)
        #expect(found.sandbox == sandbox)
        #expect(found.account == account)
    }
}
