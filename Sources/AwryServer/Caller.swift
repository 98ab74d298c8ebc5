// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryModel
import AwryScenario
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
    /// What answers need, without their ids.
    let context: AnswerContext
    /// The sandbox that the path or the host names.
    let namedSandbox: String?
    /// Where in the path AWS's own part begins.
    let pathStart: Int

    init(_ request: Incoming, _ identified: IdentifiedCall, in sandboxes: Sandboxes) {
        let key = identified.credential.accessKey.map { SandboxName.inKey($0) }
        let sandbox = sandboxes.sandbox(request.namedSandbox ?? key?.sandbox ?? SandboxName.standard)
        // Where services share a request, the one that the sandbox's rules speak of is meant.
        let identified =
            identified.others.isEmpty ? identified : identified.preferring { sandbox.engine.standing($0, $1) }
        let account = key?.account ?? SandboxName.standardAccount
        self.identified = identified
        self.sandbox = sandbox
        origin = RequestOrigin(
            service: identified.service.name, operation: identified.operation.name, region: identified.region,
            account: account, accessKey: identified.credential.accessKey, principal: SandboxName.root(of: account),
            method: request.head.method, path: request.path, host: request.head.hostText ?? "",
            userAgent: request.head.text("user-agent"))
        context = AnswerContext(requestID: "", hostID: "", head: request.head)
        namedSandbox = request.namedSandbox
        pathStart = request.pathStart
    }

    /// Whether the next request with such a head has the same caller, whatever became of the rules since.
    var isLasting: Bool { identified.others.isEmpty }
}
