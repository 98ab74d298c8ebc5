// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryModel
import AwryScenario
import AwryServices
import AwryWire

/// What a request's head says of it, but for what every request has of its own. An object, because the requests of one
/// client for one operation share it.
final class Caller: Sendable {
    /// Who calls which operation.
    let identified: IdentifiedCall
    /// The world that the call is for.
    let sandbox: Sandbox
    /// The same for the rules and the journal.
    let origin: RequestOrigin
    /// The key that signed, where this sandbox gave it out.
    let issued: IssuedKey?
    /// Whether the key's id names an account or a sandbox, whose root it stands for.
    let isNamedRoot: Bool
    /// Who calls.
    let principal: Principal
    /// Whether its key was given out by the sandbox.
    let isIssued: Bool
    /// How often keys had come to stand for others when this was found out.
    private let identityVersion: UInt64
    /// What answers need, without their ids.
    let context: AnswerContext
    /// The sandbox that the path or the host names.
    let namedSandbox: String?
    /// Where in the path AWS's own part begins.
    let pathStart: Int
    /// The beginning of URLs by which it reaches the server without TLS: every call of a fake has it.
    let endpoint: String

    init(_ request: Incoming, _ identified: IdentifiedCall, in sandboxes: Sandboxes) {
        let accessKey = identified.credential.accessKey
        let key = accessKey.map { SandboxName.inKey($0) }
        let name = request.namedSandbox ?? key?.sandbox ?? accessKey.flatMap { sandboxes.issuer(of: $0) }
        let sandbox = sandboxes.sandbox(name ?? SandboxName.standard)
        identityVersion = sandbox.world.identityVersion
        // Where services share a request, the one that the sandbox's rules speak of is meant.
        let identified =
            identified.others.isEmpty ? identified : identified.preferring { sandbox.engine.standing($0, $1) }
        let issued = accessKey.flatMap { sandbox.world.key($0) }
        let principal =
            issued?.principal ?? .root(of: key?.account ?? SandboxName.standardAccount, accessKeyID: accessKey)
        self.issued = issued
        isNamedRoot = key?.account != nil || key?.sandbox != nil
        self.principal = principal
        isIssued = issued != nil
        self.identified = identified
        self.sandbox = sandbox
        origin = RequestOrigin(
            service: identified.service.name, operation: identified.operation.name, region: identified.region,
            account: principal.account, accessKey: accessKey, principal: principal.arn,
            method: request.head.method, path: request.path, host: request.head.hostText ?? "",
            userAgent: request.head.text("user-agent"))
        context = AnswerContext(requestID: "", hostID: "", head: request.head)
        namedSandbox = request.namedSandbox
        pathStart = request.pathStart
        endpoint = Self.endpoint(request)
    }

    private static func endpoint(_ request: Incoming) -> String {
        let head = request.head
        // An interpolation would cost three times as much.
        var text = "http://"
        text += head.text("host") ?? "localhost"
        if request.pathStart > 0 { text += String(decoding: head.path.prefix(request.pathStart), as: UTF8.self) }
        return text
    }

    /// Whether all is still as it was found: no key has come to stand for somebody else.
    var isCurrent: Bool { !sandbox.isGone && identityVersion == sandbox.world.identityVersion }

    /// Whether the next request with such a head has the same caller, whatever became of the rules since.
    var isLasting: Bool { identified.others.isEmpty }
}
