// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryTransport
import Glibc

/// Whether the server's port also speaks TLS, and with which certificate.
struct TLSOptions: ParsableArguments {
    @Flag(help: "Speak TLS too, on the same port, with a certificate of an own authority.")
    var tls = false

    @Option(help: "The certificate to speak TLS with, and those that lead to its authority: a PEM file.")
    var tlsCert: String?

    @Option(help: "That certificate's key: a PEM file. (default: the file of --tls-cert)")
    var tlsKey: String?

    /// The certificate, and what the user should know of it.
    struct Chosen {
        let context: TLSContext
        let note: String
    }

    /// What was asked for; nil where that is no TLS. `names` are those by which clients may call the server.
    func choose(names: [String]) throws -> Chosen? {
        let certificate = tlsCert ?? Environment.text("AWRY_TLS_CERT")
        let key = tlsKey ?? Environment.text("AWRY_TLS_KEY")
        guard let certificate else {
            if key != nil { throw Refusal("--tls-key needs --tls-cert") }
            return try tls || Environment.flag("AWRY_TLS") ? own(names) : nil
        }
        let chain = try SmallFile.contents(certificate)
        do {
            let context = try TLSContext(chain: chain, key: try key.map { try SmallFile.contents($0) } ?? chain)
            return Chosen(context: context, note: "certificate \(certificate)")
        } catch let error as TLSError {
            throw Refusal("--tls-cert \(certificate): \(error)")
        }
    }

    private func own(_ names: [String]) throws -> Chosen {
        do {
            let folder = try AuthorityFolder(try AuthorityFolder.usual())
            let both = try folder.authority.certificate(for: Self.usualNames + names)
            return Chosen(
                context: try TLSContext(both: both), note: "trust it by AWS_CA_BUNDLE=\(folder.certificatePath)")
        } catch let error as TLSError {
            throw Refusal("--tls: \(error)")
        }
    }

    /// The certificate of a port that fails so, by the authority that clients trust.
    static func failing(_ fault: ListenerFault, names: [String]) throws -> TLSContext {
        let authority = try AuthorityFolder(try AuthorityFolder.usual()).authority
        let both =
            fault == .expiredCertificate
            ? try authority.certificate(for: usualNames + names, days: -30 ... -1)
            : try authority.certificate(for: ["wrong.host.invalid"])
        return try TLSContext(both: both)
    }

    /// What this machine is called by itself, by containers on it, and by S3's clients that put the bucket first.
    static var usualNames: [String] {
        let own = String(unsafeUninitializedCapacity: 256) { buffer in
            buffer.withMemoryRebound(to: CChar.self) { host in
                host.baseAddress.map { gethostname($0, 255) == 0 ? strnlen($0, 255) : 0 } ?? 0
            }
        }
        let names = ["localhost", "*.localhost", "*.s3.localhost", "127.0.0.1", "::1", "host.docker.internal", own]
        return names.filter { !$0.isEmpty }
    }
}
