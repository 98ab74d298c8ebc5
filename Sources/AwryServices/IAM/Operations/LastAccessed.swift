// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension IAM {
    static var generateServiceLastAccessedDetails: Handler? {
        on { (account, call) throws(WireError) in
            let arn = call.members.text("Arn")
            guard !account.holders(below: arn).isEmpty || account.policy(arn) != nil else {
                throw call.error("NoSuchEntity", "ARN \(arn) does not exist.")
            }
            let job = AccessJob(
                id: account.identifiers.uuid(), subject: arn,
                byAction: call.members.text("Granularity") == "ACTION_LEVEL", isOfOrganization: false,
                started: call.now)
            account.accessJobs[job.id] = job
            return ["JobId": .string(job.id)]
        }
    }
    static var getServiceLastAccessedDetails: Handler? {
        on { (account, call) throws(WireError) in
            let job = try account.accessJob(call, ofOrganization: false)
            let services = account.services(of: job)
            var output = try call.page(
                services.map { (name: $0.name, value: .structure($0.shown(byAction: job.byAction))) },
                as: "ServicesLastAccessed")
            output["JobType"] = job.byAction ? "ACTION_LEVEL" : "SERVICE_LEVEL"
            return job.shown(with: output)
        }
    }
    static var getServiceLastAccessedDetailsWithEntities: Handler? {
        on { (account, call) throws(WireError) in
            let job = try account.accessJob(call, ofOrganization: false)
            let service = call.members.text("ServiceNamespace")
            let found = account.holders(using: job.subject).compactMap { holder -> (name: String, value: Value)? in
                guard let info = account.info(of: holder) else { return nil }
                var fields: Fields = ["EntityInfo": .structure(info)]
                if let arn = info["Arn"]?.string, let use = account.lastUses[.init(arn: arn, service: service)] {
                    fields["LastAuthenticated"] = .timestamp(use.at)
                }
                return (name: holder.entity.name, value: .structure(fields))
            }
            return job.shown(with: try call.page(found, as: "EntityDetailsList"))
        }
    }
    static var generateOrganizationsAccessReport: Handler? {
        on { (account, call) throws(WireError) in
            let job = AccessJob(
                id: account.identifiers.uuid(), subject: call.members.text("EntityPath"), byAction: false,
                isOfOrganization: true, started: call.now)
            account.accessJobs[job.id] = job
            return ["JobId": .string(job.id)]
        }
    }
    static var getOrganizationsAccessReport: Handler? {
        on { (account, call) throws(WireError) in
            let job = try account.accessJob(call, ofOrganization: true)
            let services = account.services(of: job)
            var output = try call.page(
                services.map { service in
                    var fields: Fields = [
                        "ServiceName": .string(service.title), "ServiceNamespace": .string(service.name),
                        "TotalAuthenticatedEntities": .integer(Int64(service.uses.count)),
                    ]
                    if let last = service.latest {
                        fields["Region"] = .string(last.use.region)
                        fields["LastAuthenticatedTime"] = .timestamp(last.use.at)
                        fields["EntityPath"] = .string(job.subject)
                    }
                    return (name: service.name, value: .structure(fields))
                }, as: "AccessDetails")
            output["NumberOfServicesAccessible"] = .integer(Int64(services.count))
            output["NumberOfServicesNotAccessed"] = .integer(Int64(services.count { $0.uses.isEmpty }))
            return job.shown(with: output)
        }
    }
    static var listPoliciesGrantingServiceAccess: Handler? {
        on { (account, call) throws(WireError) in
            let arn = call.members.text("Arn")
            let holders = account.holders(below: arn)
            guard !holders.isEmpty else { throw call.error("NoSuchEntity", "ARN \(arn) does not exist.") }
            let entries = call.members.texts("ServiceNamespaces").map { service in
                let policies = holders.flatMap { account.policies(of: $0, granting: service) }
                return (
                    name: service,
                    value: Value.structure(["ServiceNamespace": .string(service), "Policies": .list(policies)])
                )
            }
            return try call.page(ordered: entries, as: "PoliciesGrantingServiceAccess")
        }
    }
}

/// When a service was last called by those whom a job asks for.
private struct UsedService {
    let name: String
    let title: String
    let uses: [(arn: String, use: IAMLastUse)]

    var latest: (arn: String, use: IAMLastUse)? { uses.max { $0.use.at < $1.use.at } }

    func shown(byAction: Bool) -> Fields {
        var fields: Fields = [
            "ServiceName": .string(title), "ServiceNamespace": .string(name),
            "TotalAuthenticatedEntities": .integer(Int64(uses.count)),
        ]
        guard let latest else { return fields }
        fields["LastAuthenticated"] = .timestamp(latest.use.at)
        fields["LastAuthenticatedEntity"] = .string(latest.arn)
        fields["LastAuthenticatedRegion"] = .string(latest.use.region)
        if byAction {
            fields["TrackedActionsLastAccessed"] = .list(
                uses.map {
                    [
                        "ActionName": .string($0.use.action), "LastAccessedEntity": .string($0.arn),
                        "LastAccessedTime": .timestamp($0.use.at), "LastAccessedRegion": .string($0.use.region),
                    ]
                })
        }
        return fields
    }
}

extension AccessJob {
    /// A job's report; a job is done as soon as it is asked for.
    fileprivate func shown(with fields: Fields) -> Fields {
        var fields = fields
        fields["JobStatus"] = "COMPLETED"
        fields["JobCreationDate"] = .timestamp(started)
        fields["JobCompletionDate"] = .timestamp(started)
        return fields
    }
}

extension IAMAccount {
    fileprivate func accessJob(_ call: FakeCall, ofOrganization: Bool) throws(WireError) -> AccessJob {
        let id = call.members.text("JobId")
        guard let job = accessJobs[id], job.isOfOrganization == ofOrganization else {
            throw call.error("NoSuchEntity", "Invalid Job Id: \(id)")
        }
        return job
    }

    /// The user, group or role of an ARN.
    func holders(below arn: String) -> [any PolicyHolder] {
        guard let name = arn.split(separator: "/").last.map({ $0.lowercased() }) else { return [] }
        let found: (any PolicyHolder)? = users[name].flatMap { $0.arn(in: id) == arn ? $0 : nil }
        let group: (any PolicyHolder)? = groups[name].flatMap { $0.arn(in: id) == arn ? $0 : nil }
        let role: (any PolicyHolder)? = roles[name].flatMap { $0.arn(in: id) == arn ? $0 : nil }
        return [found ?? group ?? role].compactMap { $0 }
    }

    /// Whom a job is about: the holder of its ARN, or those to whom its policy is attached.
    fileprivate func holders(using subject: String) -> [any PolicyHolder] {
        guard policy(subject) != nil else { return holders(below: subject) }
        return holders.filter { $0.permissions.attached.contains(subject) }
    }

    fileprivate func info(of holder: any PolicyHolder) -> Fields? {
        let kind = type(of: holder).kind
        return [
            "Arn": .string(holder.arn(in: id)), "Name": .string(holder.entity.name), "Type": .string(kind.uppercased()),
            "Id": .string(holder.entity.id), "Path": .string(holder.entity.path),
        ]
    }

    /// The services that a job's subjects may call, by their policies, and when they did.
    fileprivate func services(of job: AccessJob) -> [UsedService] {
        let holders = job.isOfOrganization ? self.holders : holders(using: job.subject)
        let arns = holders.map { $0.arn(in: id) }
        let documents = holders.flatMap { self.documents(of: $0).map(\.text) }
        var names = Set(documents.flatMap { IAMPolicyText.services($0) })
        let used = lastUses.filter { arns.contains($0.key.arn) }
        names.formUnion(used.keys.map(\.service))
        return names.sorted().map { name in
            let uses = used.filter { $0.key.service == name }.map { (arn: $0.key.arn, use: $0.value) }
            let title = Catalogue.shared.service(name)?.metadata.serviceID ?? name
            return UsedService(name: name, title: title, uses: uses.sorted { $0.arn < $1.arn })
        }
    }

    /// All policies of a holder, its groups' included.
    func documents(of holder: any PolicyHolder) -> [(name: String, arn: String?, text: String, from: any PolicyHolder)]
    {
        var sources: [any PolicyHolder] = [holder]
        if let user = holder as? IAMUser {
            sources += groups.values.filter { $0.members.contains(user.entity.id) }
        }
        return sources.flatMap { source in
            source.permissions.inline.map { ($0.name, nil, $0.value.string ?? "", source) }
                + source.permissions.attached.compactMap { policy($0) }.map {
                    ($0.entity.name, $0.arn, $0.document, source)
                }
        }
    }

    fileprivate func policies(of holder: any PolicyHolder, granting service: String) -> [Value] {
        documents(of: holder).filter { IAMPolicyText.services($0.text).contains(service) }.map { found in
            var fields: Fields = [
                "PolicyName": .string(found.name), "PolicyType": found.arn == nil ? "INLINE" : "MANAGED",
            ]
            if let arn = found.arn {
                fields["PolicyArn"] = .string(arn)
            } else {
                fields["EntityType"] = .string(type(of: found.from).kind.uppercased())
                fields["EntityName"] = .string(found.from.entity.name)
            }
            return .structure(fields)
        }
    }
}
