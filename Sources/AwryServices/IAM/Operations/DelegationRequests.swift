// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    static var createDelegationRequest: Handler? {
        on { (account, call) throws(WireError) in try account.createDelegation(call) }
    }
    static var getDelegationRequest: Handler? {
        on { (account, call) throws(WireError) in
            let found = try account.delegation(call)
            var output: Fields = ["DelegationRequest": .structure(found.shown(at: call.now))]
            if call.members["DelegationPermissionCheck"]?.bool == true {
                output["PermissionCheckStatus"] = "COMPLETE"
                output["PermissionCheckResult"] = "ALLOWED"
            }
            return output
        }
    }
    static var listDelegationRequests: Handler? {
        on { (account, call) throws(WireError) in
            let owner = call.members.optionalText("OwnerId")
            let found = account.delegations.values.filter { owner == nil || $0.owner == owner }
                .sorted { ($0.created, $0.id) < ($1.created, $1.id) }
            var output = try call.page(
                ordered: found.map { (name: $0.id, value: .structure($0.shown(at: call.now))) },
                as: "DelegationRequests")
            // The model spells it otherwise here than everywhere else.
            output["isTruncated"] = output["IsTruncated"]
            output["IsTruncated"] = nil
            return output
        }
    }
    static var associateDelegationRequest: Handler? {
        move(from: [.unassigned], to: .assigned) { (request, call) in request.owner = call.principal.arn }
    }
    static var updateDelegationRequest: Handler? {
        move(from: [.assigned], to: .pendingApproval) { (request, call) in
            request.notes = call.members.optionalText("Notes")
        }
    }
    static var acceptDelegationRequest: Handler? {
        move(from: [.assigned, .pendingApproval], to: .accepted) { (request, call) in
            request.approver = call.principal.arn
        }
    }
    static var rejectDelegationRequest: Handler? {
        move(from: [.assigned, .pendingApproval], to: .rejected) { (request, call) in
            request.rejection = call.members.optionalText("Notes")
        }
    }
    static var sendDelegationToken: Handler? {
        move(from: [.accepted], to: .finalized) { (request, call) in
            // The partner's channel: a test reads there what GetDelegatedAccessToken takes.
            call.send(
                .email, to: request.asked["NotificationChannel"]?.string ?? "", subject: "Delegation token",
                text: AuthorizationMessage.encode(request.id))
        }
    }

    static var getHumanReadableSummary: Handler? {
        on { (account, call) throws(WireError) in
            let arn = call.members.text("EntityArn")
            guard arn.contains(":delegation-request/"), let id = arn.split(separator: "/").last else {
                throw call.error("InvalidInput", "ARN \(arn) is not valid.")
            }
            guard let found = account.delegations[String(id)] else {
                throw call.error("NoSuchEntity", "Delegation request \(id) cannot be found.")
            }
            return [
                "SummaryContent": .string(found.asked["Description"]?.string ?? ""),
                "Locale": .string(call.members.optionalText("Locale") ?? "en"), "SummaryState": "AVAILABLE",
            ]
        }
    }

    private static func move(
        from states: Set<DelegationRequest.Status>, to next: DelegationRequest.Status,
        _ work: @escaping @Sendable (inout DelegationRequest, FakeCall) -> Void
    ) -> Handler {
        on { (account, call) throws(WireError) in
            var request = try account.delegation(call)
            guard states.contains(request.status(at: call.now)) else {
                throw call.error(
                    "InvalidInput",
                    "Delegation request \(request.id) is in state \(request.status(at: call.now).rawValue).")
            }
            request.status = next
            request.updated = call.now
            work(&request, call)
            account.delegations[request.id] = request
            return [:]
        }
    }
}

extension IAMAccount {
    fileprivate mutating func createDelegation(_ call: FakeCall) throws(WireError) -> Fields {
        let id = "dr-" + identifiers.letters(17, of: "abcdefghijklmnopqrstuvwxyz0123456789")
        var request = DelegationRequest(
            id: id, asked: call.input, requestor: call.principal, created: call.now, status: .unassigned,
            updated: call.now)
        if let owner = call.members.optionalText("OwnerAccountId") { request.owner = "arn:aws:iam::\(owner):root" }
        delegations[id] = request
        return [
            "ConsoleDeepLink": .string("https://console.aws.amazon.com/iam/home#/delegation-requests/\(id)"),
            "DelegationRequestId": .string(id),
        ]
    }

    fileprivate func delegation(_ call: FakeCall) throws(WireError) -> DelegationRequest {
        let id = call.members.text("DelegationRequestId")
        guard let found = delegations[id] else {
            throw call.error("NoSuchEntity", "Delegation request \(id) cannot be found.")
        }
        return found
    }
}

extension DelegationRequest {
    private static let life = Duration.seconds(7 * 86_400)

    /// Where it stands; what nobody answers for a week ends.
    fileprivate func status(at now: Timestamp) -> Status {
        let isOpen = status == .unassigned || status == .assigned || status == .pendingApproval
        return isOpen && now - created >= Self.life ? .expired : status
    }

    fileprivate func shown(at now: Timestamp) -> Fields {
        var fields: Fields = [
            "DelegationRequestId": .string(id), "State": .string(status(at: now).rawValue),
            "RequestorId": .string(requestor.arn), "RequestorName": .string(requestor.userName ?? requestor.account),
            "CreateDate": .timestamp(created), "UpdatedTime": .timestamp(updated),
            "ExpirationTime": .timestamp(created + Self.life),
        ]
        for name in [
            "Description", "RequestMessage", "Permissions", "SessionDuration", "RedirectUrl",
            "OnlySendByOwner", "OwnerAccountId",
        ] {
            if let value = asked[name] { fields[name] = value }
        }
        if let owner { fields["OwnerId"] = .string(owner) }
        if let approver { fields["ApproverId"] = .string(approver) }
        if let notes { fields["Notes"] = .string(notes) }
        if let rejection { fields["RejectionReason"] = .string(rejection) }
        return fields
    }
}
