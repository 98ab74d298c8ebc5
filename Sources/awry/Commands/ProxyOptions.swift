// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryServer
import AwryTransport

/// Whether the server's port is a proxy too.
struct ProxyOptions: ParsableArguments {
    @Flag(help: "Be a proxy for AWS's hosts too, on the same port, answering for them: for HTTPS_PROXY and HTTP_PROXY.")
    var proxy = false

    /// What a proxy has, and what the user should know of it.
    struct Chosen {
        let hosts: ProxiedHosts
        let certificates: NamedCertificates
        let note: String
    }

    /// What was asked for; nil where that is no proxy. `names` are those by which clients may call the server.
    func choose(names: [String]) throws -> Chosen? {
        guard try proxy || Environment.flag("AWRY_PROXY") else { return nil }
        do {
            let folder = try AuthorityFolder(try AuthorityFolder.usual())
            return Chosen(
                hosts: ProxiedHosts(names: TLSOptions.usualNames + names),
                certificates: NamedCertificates(folder.authority),
                note: "trust it by AWS_CA_BUNDLE=\(folder.certificatePath)")
        } catch let error as TLSError {
            throw Refusal("--proxy: \(error)")
        }
    }
}
