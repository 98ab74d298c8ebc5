// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

/// Temporary credentials in AWS's alphabets and lengths, the same for the same source.
struct TemporaryKey {
    /// In any sandbox but the standard one it names the sandbox, so that its owner's calls go there.
    let accessKeyID: String
    let secret: String
    let sessionToken: String

    init(_ source: StubSource, sandbox: String) {
        var source = source
        let texts = (0..<4).map { _ in source.uuid().filter { $0 != "-" } }
        accessKeyID =
            sandbox == SandboxName.standard ? "ASIA" + texts[0].uppercased().prefix(16) : "sandbox.\(sandbox)"
        secret = String((texts[1] + texts[2]).prefix(40))
        sessionToken = Base64.text(Array(texts.joined().utf8))
    }
}
