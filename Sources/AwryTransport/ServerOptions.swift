// SPDX-License-Identifier: Apache-2.0

import AwryHTTP

/// How a server listens, and what it puts up with.
public struct ServerOptions: Sendable {
    /// The address to listen on: an IPv4 or IPv6 address in text form, or `localhost` for 127.0.0.1.
    public var host: String
    /// The port; 0 lets the system choose.
    public var port: UInt16
    /// The certificate for connections that begin with TLS's handshake; nil where none may.
    public var tls: TLSContext?
    /// The certificates of hosts to which clients ask for tunnels; nil where those speak plain HTTP.
    public var tunnels: NamedCertificates?
    /// How the port fails before there is a request; nil where it does not.
    public var door: Door?
    /// Where requests are passed on to, if the responder says so.
    public var upstream: UpstreamAddress?
    /// The number of the first loop, by which exchanges of several servers can be told apart.
    public var firstShard: UInt32 = 0
    /// How many loops serve the port, each with connections of its own.
    public var shards: Int
    /// Limits on what a request may be.
    public var limits: HTTPLimits
    /// Connections that are open at one time, in each shard; more wait in the system's queue.
    public var maxConnections: Int
    /// From the first byte of a head to its last.
    public var headTimeout: Duration
    /// From one piece of a body to the next.
    public var bodyTimeout: Duration
    /// From an answer to the next request.
    public var idleTimeout: Duration
    /// How long a client may take nothing of what waits for it.
    public var writeTimeout: Duration
    /// How long bytes are read and dropped after the last answer of a connection that is closing.
    public var lingerTimeout: Duration
    /// How long a fault keeps a client waiting that does not go of itself.
    public var silenceLimit: Duration
    /// Connections that wait to be accepted.
    public var backlog: Int32

    /// Options with the defaults that a local service needs.
    public init(
        host: String = "127.0.0.1", port: UInt16 = 0, shards: Int = 1, limits: HTTPLimits = HTTPLimits(),
        maxConnections: Int = 50_000, headTimeout: Duration = .seconds(30), bodyTimeout: Duration = .seconds(60),
        idleTimeout: Duration = .seconds(75), writeTimeout: Duration = .seconds(60),
        lingerTimeout: Duration = .seconds(5), silenceLimit: Duration = .seconds(600), backlog: Int32 = 4096
    ) {
        self.host = host
        self.port = port
        self.shards = shards
        self.limits = limits
        self.maxConnections = maxConnections
        self.headTimeout = headTimeout
        self.bodyTimeout = bodyTimeout
        self.idleTimeout = idleTimeout
        self.writeTimeout = writeTimeout
        self.lingerTimeout = lingerTimeout
        self.silenceLimit = silenceLimit
        self.backlog = backlog
    }
}
