// SPDX-License-Identifier: Apache-2.0

import AwryScenario

/// How the server answers, where the command line says so.
public struct PipelineOptions: Sendable {
    /// What answers an operation that no rule decides and no fake knows.
    public enum Unscripted: String, Sendable, CaseIterable {
        /// The smallest output that satisfies the model.
        case stub
        /// 501, with a message that names the operation and how to script it.
        case error
        /// Another server, to which the request is passed on.
        case upstream
    }

    /// What answers what nobody scripted.
    public var unscripted: Unscripted
    /// The other server's URL, for messages; nil where there is none.
    public var upstream: String?
    /// Whether answers carry `x-awry-request` and `x-awry-rule`.
    public var marks: Bool
    /// How much is asked of callers where no scenario says.
    public var auth: AuthMode
    /// What signs for the roots of accounts: 12-digit access key ids, and those that name a sandbox.
    public var rootSecret: String
    /// Names below which host names are S3 buckets (`bucket.NAME`), beside `localhost` and Amazon's own.
    public var domains: [String]
    /// For which hosts the server is a proxy; nil where it is none.
    public var proxied: ProxiedHosts?
    /// Whether the journal, and what is made of it, shows passwords, tokens and keys.
    public var secrets: Secrets
    /// The largest body that is read, in bytes.
    public var bodyLimit: Int
    /// The largest form that is read before the service is known, in bytes.
    public var formLimit: Int

    /// The command line's defaults unless given.
    public init(
        unscripted: Unscripted = .stub, upstream: String? = nil, marks: Bool = true, auth: AuthMode = .off,
        rootSecret: String = "test", domains: [String] = [], secrets: Secrets = .hidden,
        bodyLimit: Int = 6 << 30,
        formLimit: Int = 16 << 20
    ) {
        self.unscripted = unscripted
        self.upstream = upstream
        self.marks = marks
        self.auth = auth
        self.rootSecret = rootSecret
        self.domains = domains
        self.secrets = secrets
        self.bodyLimit = bodyLimit
        self.formLimit = formLimit
    }
}
