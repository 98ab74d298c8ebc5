// SPDX-License-Identifier: Apache-2.0

import AwryTransport

/// Where the certificate authority lives that clients of this user trust: made on first use, and then kept.
struct AuthorityFolder {
    /// The authority.
    let authority: Authority
    /// Its certificate's path, for `AWS_CA_BUNDLE`.
    let certificatePath: String

    /// The folder's, made if it is not there, or has ended.
    init(_ folder: String) throws {
        let path = folder + "/authority.pem"
        try SmallFile.makeFolder(folder)
        authority = try Self.kept(path)
        certificatePath = folder + "/ca.pem"
        if try SmallFile.read(certificatePath) != authority.certificate {
            try SmallFile.write(authority.certificate, to: certificatePath, mode: 0o644)
        }
    }

    /// The folder of this user's state (the XDG Base Directory Specification).
    static func usual() throws -> String {
        if let folder = Environment.text("XDG_STATE_HOME"), folder.hasPrefix("/") { return folder + "/awry" }
        guard let home = Environment.text("HOME"), home.hasPrefix("/") else {
            throw Refusal("no folder for a certificate: set HOME or XDG_STATE_HOME, or give --tls-cert and --tls-key")
        }
        return home + "/.local/state/awry"
    }

    private static func kept(_ path: String) throws -> Authority {
        if let text = try SmallFile.read(path) {
            if let authority = try Authority(text: text) { return authority }
            let made = try Authority.make()
            try SmallFile.write(made.text, to: path, mode: 0o600)
            return made
        }
        let made = try Authority.make()
        // Of two servers that begin at once, the one that was first has made it for both.
        if try SmallFile.write(made.text, to: path, mode: 0o600, isFirst: true) { return made }
        return try SmallFile.read(path).flatMap { try Authority(text: $0) } ?? made
    }
}
