// SPDX-License-Identifier: Apache-2.0

extension PolicyLayers {
    /// Decides on a request (IAM User Guide, "Policy evaluation logic"): a denial anywhere decides; else each sort of
    /// policy that the request must pass has to allow it.
    public func judge(_ request: PolicyRequest) -> Decision {
        if let denied = denial(request) { return denied }
        if resourceControl.contains(where: { $0.allowance(request) == nil }) {
            return .missing(.resourceControl)
        }
        if request.principal.isOfAccount, serviceControl.contains(where: { $0.allowance(request) == nil }) {
            return .missing(.serviceControl)
        }
        var grant = resource?.closestAllowance(request)
        // The account's own are no public.
        if restrictsPublic, grant?.closeness == .everyone, !request.isOfOwner { grant = nil }
        let granted = grant.flatMap { grant in resource.map { $0.source(grant.place, resourceLayer) } }
        guard request.principal.isOfAccount else {
            // Who stands in no account has nobody but the resource to ask.
            return granted.map { .allowed(resourceLayer, $0) } ?? .missing(resourceLayer)
        }
        if grant == nil, resourceRule == .mustAllow || !request.isOfOneAccount { return .missing(resourceLayer) }
        if let grant, request.isOfOneAccount, suffices(grant.closeness, request) {
            return .allowed(resourceLayer, granted)
        }
        return ownPolicies(request, grant: request.isOfOneAccount ? grant?.closeness : nil, granted, resourceLayer)
    }

    var resourceLayer: PolicyLayer { resourceRule == .mustAllow ? .trust : .resource }

    /// The first denial, in the order of `all`; made without that list, for every call asks.
    private func denial(_ request: PolicyRequest) -> Decision? {
        func denied(_ layer: PolicyLayer, _ set: PolicySet) -> Decision? {
            set.denial(request).map {
                Decision(outcome: .explicitDeny, layer: layer, source: set.source($0, layer))
            }
        }
        for set in resourceControl { if let found = denied(.resourceControl, set) { return found } }
        for set in serviceControl { if let found = denied(.serviceControl, set) { return found } }
        if let resource, let found = denied(resourceLayer, resource) { return found }
        if let identity, let found = denied(.identity, identity) { return found }
        if let boundary, let found = denied(.boundary, boundary) { return found }
        return session.flatMap { denied(.session, $0) }
    }

    /// Whether a resource's grant needs no other policy's consent within one account. One that names a session does;
    /// one that names a user does; one that names a session's role or everybody leaves the session's limits in force.
    private func suffices(_ closeness: PrincipalList.Closeness, _ request: PolicyRequest) -> Bool {
        switch closeness {
        case .itself: true
        case .identity, .everyone: !request.principal.kind.isSession || (boundary == nil && session == nil)
        case .account: false
        }
    }

    /// What the caller's own policies say: those of its identity, unless the resource's policy grants it, and in any
    /// case its limits.
    private func ownPolicies(
        _ request: PolicyRequest, grant: PrincipalList.Closeness?, _ granted: Decision.Source?, _ layer: PolicyLayer
    ) -> Decision {
        var decided = Decision.allowed(nil)
        if request.principal.kind != .root {
            if let grant, grant > .account {
                decided = .allowed(layer, granted)
            } else {
                guard let identity, let place = identity.allowance(request) else { return .missing(.identity) }
                decided = .allowed(.identity, identity.source(place, .identity))
            }
        }
        if let boundary, boundary.allowance(request) == nil { return .missing(.boundary) }
        if let session, session.allowance(request) == nil { return .missing(.session) }
        return decided
    }
}

extension PolicySet {
    func source(_ place: Place, _ layer: PolicyLayer) -> Decision.Source {
        Decision.Source(
            layer: layer, policy: policies[place.policy].name, statement: place.statement, sid: self[place].sid)
    }
}
