// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryPolicy

/// What operations that need no signature are called in policies: only an organisation's resource control policies
/// speak of them ("Resource control policies" of the AWS Organizations User Guide).
enum PublicRights {
    /// What every service lets everybody ask of them.
    static let open =
        #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#

    static func of(_ call: FakeCall, poolOfClient: (String) -> String?) -> [NeededRight] {
        let (service, input) = (call.service.name, call.input)
        let action = "\(service):\(call.operation.name)"
        switch service {
        case "sts":
            guard let role = input["RoleArn"]?.string else { return [] }
            return [NeededRight(action, on: role, by: .role(role))]
        case "cognito-idp":
            guard let arn = input["ClientId"]?.string.flatMap(poolOfClient) else { return [NeededRight(action)] }
            return [NeededRight(action, on: arn, by: .pool(arn))]
        case "cognito-identity": return CognitoRights.of(call)
        default: return []
        }
    }
}

extension World {
    /// Whether an organisation has something to say of calls that nobody signs.
    public var restrictsPublic: Bool { policies.organization?.restrictsResources ?? false }

    /// Judges a call of an operation that needs no signature.
    func judgePublic(_ call: FakeCall, _ circumstances: Circumstances) -> Judgement {
        var judgement = Judgement()
        guard let organization = policies.organization else { return judgement }
        let nobody = PolicyShelf.Held(version: 0, rights: HeldRights(), layers: PolicyLayers())
        let rights = PublicRights.of(call) { client in readUserPools { $0.poolARN(ofClient: client) } }
        for right in rights {
            let guardian = right.guardian.flatMap { self.guardian($0, at: call.now) }
            let account = guardian?.account ?? call.place.account
            let keys = CallKeys(
                call: call, circumstances: circumstances, caller: nobody, guardian: guardian,
                organization: organization)
            let request = PolicyRequest(
                action: right.action, resource: right.resource, principal: nobody.rights.principal,
                resourceAccount: account, keys: keys)
            var layers = PolicyLayers(resource: policies.set([("the service", PublicRights.open)]))
            organization.add(to: &layers, nobody.rights, service: call.service.name, resourceAccount: account)
            let decision = layers.judge(request)
            guard !decision.isAllowed else { continue }
            judgement.rights.append(JudgedRight(request, decision, layers.trace(request)))
            judgement.error = Denial(call: call, right: right, decision: decision, request: request).error
            return judgement
        }
        return judgement
    }
}
