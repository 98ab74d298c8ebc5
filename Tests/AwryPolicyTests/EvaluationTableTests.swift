// SPDX-License-Identifier: Apache-2.0

import AwryPolicy
import Testing

/// Which sorts of policies must allow, and what a denial in one of them does.
struct EvaluationTableTests {
    private typealias D = Deciding

    private static let logic = "Policy evaluation logic"
    private static let denies = "The difference between explicit and implicit denies"
    private static let within = "Policy evaluation for requests within a single account"
    private static let across = "Cross-account policy evaluation logic"
    private static let principals = "AWS JSON policy elements: Principal"
    private static let notPrincipals = "AWS JSON policy elements: NotPrincipal"
    private static let limits = "Permissions boundaries for IAM entities"

    private static let (session, elsewhere) = (D.session, D.other)
    private static let all = D.set(D.allow("*"))
    private static let none = PolicySet([])
    private static let other = D.set(D.allow("sqs:*"))
    private static let denying = D.set(D.allow("*"), D.deny())

    private static func grant(_ principal: String, _ effect: String = "Allow") -> PolicySet {
        D.set(D.statement(effect, rest: D.principal(principal)), kind: .resource)
    }

    private static let (toAccount, toEveryone) = (grant("{\"AWS\":\"111122223333\"}"), grant("\"*\""))
    private static let toUser = grant("{\"AWS\":\"arn:aws:iam::111122223333:user/alice\"}")
    private static let toRole = grant("{\"AWS\":\"\(D.role)\"}")
    private static let toSession = grant("{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/app/one\"}")
    private static let (root, service) = (
        PolicyPrincipal.root(of: D.account), PolicyPrincipal.service("s3.amazonaws.com")
    )
    private static let provider = PolicyPrincipal.federated(by: "cognito-identity.amazonaws.com")
    private static let federated = PolicyPrincipal(
        .federatedUser, account: D.account, arn: "arn:aws:sts::111122223333:federated-user/f",
        issuer: "arn:aws:iam::111122223333:user/alice")

    private static func row(
        _ name: String, _ layers: PolicyLayers, _ expected: String, _ source: String,
        by principal: PolicyPrincipal = D.user, owner: String? = D.account
    ) -> Row {
        Row(
            name: name, request: D.request(by: principal, owner: owner), layers: layers, expected: expected,
            source: source)
    }

    private static let identityRows = [
        row("nothing allows", PolicyLayers(identity: none), "implicitDeny identity", logic),
        row("no policy at all", PolicyLayers(), "implicitDeny identity", logic),
        row("identity allows", PolicyLayers(identity: all), "allowed", logic),
        row("identity allows something else", PolicyLayers(identity: other), "implicitDeny identity", logic),
        row("a denial beats an allowance", PolicyLayers(identity: denying), "explicitDeny identity", denies),
        row("a root needs no policy", PolicyLayers(), "allowed", within, by: root),
        row(
            "a session of a role by its role's policies", PolicyLayers(identity: all), "allowed", within, by: session),
        row("a session without them", PolicyLayers(), "implicitDeny identity", within, by: session),
        row("boundary allows too", PolicyLayers(identity: all, boundary: all), "allowed", limits),
        row("boundary does not", PolicyLayers(identity: all, boundary: other), "implicitDeny boundary", limits),
        row("an empty boundary", PolicyLayers(identity: all, boundary: none), "implicitDeny boundary", limits),
        row("a boundary grants nothing", PolicyLayers(boundary: all), "implicitDeny identity", limits),
        row("boundary denies", PolicyLayers(identity: all, boundary: denying), "explicitDeny boundary", limits),
        row("session policy allows too", PolicyLayers(identity: all, session: all), "allowed", limits, by: session),
        row(
            "session policy does not", PolicyLayers(identity: all, session: other), "implicitDeny session", limits,
            by: session),
        row(
            "session policy grants nothing", PolicyLayers(session: all), "implicitDeny identity", limits, by: session),
        row(
            "session policy denies", PolicyLayers(identity: all, session: denying), "explicitDeny session", limits,
            by: session),
        row(
            "boundary and session both allow", PolicyLayers(identity: all, boundary: all, session: all), "allowed",
            limits, by: session),
        row("service control allows", PolicyLayers(identity: all, serviceControl: [all, all]), "allowed", logic),
        row(
            "one level does not", PolicyLayers(identity: all, serviceControl: [all, other]),
            "implicitDeny serviceControl", logic),
        row(
            "one level denies", PolicyLayers(identity: all, serviceControl: [denying, all]),
            "explicitDeny serviceControl", logic),
        row("service control grants nothing", PolicyLayers(serviceControl: [all]), "implicitDeny identity", logic),
        row(
            "service control binds a root", PolicyLayers(serviceControl: [other]), "implicitDeny serviceControl", logic,
            by: root),
        row(
            "a denial binds a root", PolicyLayers(serviceControl: [denying]), "explicitDeny serviceControl", logic,
            by: root),
        row(
            "resource control denies", PolicyLayers(identity: all, resourceControl: [denying]),
            "explicitDeny resourceControl", logic),
        row(
            "resource control lacks", PolicyLayers(identity: all, resourceControl: [other]),
            "implicitDeny resourceControl", logic),
        row("resource control allows", PolicyLayers(identity: all, resourceControl: [all]), "allowed", logic),
    ]

    private static let resourceRows = [
        row("a grant to the user", PolicyLayers(resource: toUser), "allowed", within),
        row("a grant to everyone", PolicyLayers(resource: toEveryone), "allowed", within),
        row(
            "a grant to the account passes nothing on", PolicyLayers(resource: toAccount), "implicitDeny identity",
            within),
        row("a grant to the account and a policy", PolicyLayers(identity: all, resource: toAccount), "allowed", within),
        row("a grant to the account is its root's", PolicyLayers(resource: toAccount), "allowed", within, by: root),
        row("a grant to another", PolicyLayers(resource: toRole), "implicitDeny identity", within),
        row("a grant to the role", PolicyLayers(resource: toRole), "allowed", within, by: session),
        row("a grant to the session", PolicyLayers(resource: toSession), "allowed", within, by: session),
        row(
            "a user's boundary does not limit it", PolicyLayers(boundary: other, resource: toUser), "allowed", denies),
        row(
            "the role's boundary does", PolicyLayers(boundary: other, resource: toRole), "implicitDeny boundary",
            denies, by: session),
        row(
            "not what names the session", PolicyLayers(boundary: other, resource: toSession), "allowed", denies,
            by: session),
        row(
            "a session policy limits the role's grant", PolicyLayers(session: other, resource: toRole),
            "implicitDeny session", denies, by: session),
        row("and lets it pass", PolicyLayers(session: all, resource: toRole), "allowed", denies, by: session),
        row(
            "not what names the session", PolicyLayers(session: other, resource: toSession), "allowed", denies,
            by: session),
        row(
            "a boundary denies all the same", PolicyLayers(boundary: denying, resource: toUser),
            "explicitDeny boundary", denies),
        row(
            "a session policy denies all the same", PolicyLayers(session: denying, resource: toSession),
            "explicitDeny session", denies, by: session),
        row(
            "an identity's denial too", PolicyLayers(identity: denying, resource: toUser), "explicitDeny identity",
            denies),
        row(
            "a resource's denial", PolicyLayers(identity: all, resource: grant("\"*\"", "Deny")),
            "explicitDeny resource", denies),
        row(
            "a resource's denial binds a root", PolicyLayers(resource: grant("\"*\"", "Deny")), "explicitDeny resource",
            denies, by: root),
        row(
            "a denial of the account binds its users",
            PolicyLayers(identity: all, resource: grant("{\"AWS\":\"111122223333\"}", "Deny")), "explicitDeny resource",
            denies),
        row(
            "a denial of another", PolicyLayers(identity: all, resource: grant("{\"AWS\":\"\(D.role)\"}", "Deny")),
            "allowed", denies),
        row(
            "a denial of the role binds its sessions",
            PolicyLayers(identity: all, resource: grant("{\"AWS\":\"\(D.role)\"}", "Deny")), "explicitDeny resource",
            denies, by: session),
        row("a federated user by its user", PolicyLayers(resource: toUser), "allowed", denies, by: federated),
        row(
            "limited by its session policy", PolicyLayers(session: other, resource: toUser), "implicitDeny session",
            denies, by: federated),
        row(
            "service control binds a resource's grant", PolicyLayers(resource: toUser, serviceControl: [other]),
            "implicitDeny serviceControl", logic),
        row("elsewhere with both", PolicyLayers(identity: all, resource: toUser), "allowed", across, owner: elsewhere),
        row(
            "elsewhere by account", PolicyLayers(identity: all, resource: toAccount), "allowed", across,
            owner: elsewhere),
        row(
            "elsewhere without the resource", PolicyLayers(identity: all), "implicitDeny resource", across,
            owner: elsewhere),
        row(
            "elsewhere without the identity", PolicyLayers(resource: toUser), "implicitDeny identity", across,
            owner: elsewhere),
        row(
            "elsewhere with everyone", PolicyLayers(resource: toEveryone), "implicitDeny identity", across,
            owner: elsewhere),
        row(
            "elsewhere with a boundary", PolicyLayers(identity: all, boundary: other, resource: toUser),
            "implicitDeny boundary", across, owner: elsewhere),
        row(
            "elsewhere with a session policy", PolicyLayers(identity: all, session: other, resource: toSession),
            "implicitDeny session", across, by: session, owner: elsewhere),
        row("elsewhere as a root", PolicyLayers(resource: toAccount), "allowed", across, by: root, owner: elsewhere),
        row(
            "elsewhere as a root without a grant", PolicyLayers(), "implicitDeny resource", across, by: root,
            owner: elsewhere),
        row(
            "elsewhere denied", PolicyLayers(identity: all, resource: grant("\"*\"", "Deny")), "explicitDeny resource",
            across, owner: elsewhere),
    ]

    private static let trust = PolicyLayers.ResourceRule.mustAllow
    private static let principalRows = [
        row("anyone, of nobody", PolicyLayers(resource: toEveryone), "allowed", principals, by: .anonymous),
        row("AWS: * too", PolicyLayers(resource: grant("{\"AWS\":\"*\"}")), "allowed", principals, by: .anonymous),
        row(
            "nobody without", PolicyLayers(resource: toAccount), "implicitDeny resource", principals, by: .anonymous),
        row("nobody where nothing is said", PolicyLayers(), "implicitDeny resource", principals, by: .anonymous),
        row(
            "an account by its root's ARN",
            PolicyLayers(identity: all, resource: grant("{\"AWS\":\"arn:aws:iam::111122223333:root\"}")), "allowed",
            principals, owner: elsewhere),
        row(
            "one of several",
            PolicyLayers(resource: grant("{\"AWS\":[\"444455556666\",\"arn:aws:iam::111122223333:user/alice\"]}")),
            "allowed", principals),
        row(
            "names count letter case",
            PolicyLayers(resource: grant("{\"AWS\":\"arn:aws:iam::111122223333:user/Alice\"}")),
            "implicitDeny identity", principals),
        row("a user by its unique id", PolicyLayers(resource: grant("{\"AWS\":\"AIDAALICE\"}")), "allowed", principals),
        row(
            "a service", PolicyLayers(resource: grant("{\"Service\":\"s3.amazonaws.com\"}")), "allowed", principals,
            by: service),
        row(
            "another service", PolicyLayers(resource: grant("{\"Service\":\"sns.amazonaws.com\"}")),
            "implicitDeny resource", principals, by: service),
        row(
            "several services",
            PolicyLayers(resource: grant("{\"Service\":[\"sns.amazonaws.com\",\"s3.amazonaws.com\"]}")), "allowed",
            principals, by: service),
        row(
            "a provider",
            PolicyLayers(resource: grant("{\"Federated\":\"cognito-identity.amazonaws.com\"}"), resourceRule: trust),
            "allowed", principals, by: provider),
        row(
            "another provider",
            PolicyLayers(resource: grant("{\"Federated\":\"accounts.google.com\"}"), resourceRule: trust),
            "implicitDeny trust", principals, by: provider),
        row("trust in the user", PolicyLayers(resource: toUser, resourceRule: trust), "allowed", within),
        row(
            "trust in the account", PolicyLayers(resource: toAccount, resourceRule: trust), "implicitDeny identity",
            within),
        row(
            "trust in the account and a policy", PolicyLayers(identity: all, resource: toAccount, resourceRule: trust),
            "allowed", within),
        row(
            "no trust", PolicyLayers(identity: all, resource: toRole, resourceRule: trust), "implicitDeny trust", within
        ),
        row(
            "no trust in a root", PolicyLayers(resource: toRole, resourceRule: trust), "implicitDeny trust", within,
            by: root),
        row(
            "trust across accounts", PolicyLayers(identity: all, resource: toAccount, resourceRule: trust), "allowed",
            across, owner: elsewhere),
        row(
            "trust across accounts without a policy", PolicyLayers(resource: toUser, resourceRule: trust),
            "implicitDeny identity", across, owner: elsewhere),
        row(
            "trust denied", PolicyLayers(identity: all, resource: grant("\"*\"", "Deny"), resourceRule: trust),
            "explicitDeny trust", within),
        row(
            "all but another",
            PolicyLayers(identity: all, resource: not("[\"arn:aws:iam::444455556666:user/x\",\"444455556666\"]")),
            "explicitDeny resource", notPrincipals),
        row(
            "all but the user and its account",
            PolicyLayers(identity: all, resource: not("[\"arn:aws:iam::111122223333:user/alice\",\"111122223333\"]")),
            "allowed", notPrincipals),
        row(
            "all but the user, its account left out",
            PolicyLayers(identity: all, resource: not("[\"arn:aws:iam::111122223333:user/alice\"]")),
            "explicitDeny resource", notPrincipals),
        row(
            "all but another of the account",
            PolicyLayers(identity: all, resource: not("[\"arn:aws:iam::111122223333:user/bob\",\"111122223333\"]")),
            "explicitDeny resource", notPrincipals),
        row(
            "all but the session, its role and its account",
            PolicyLayers(
                identity: all,
                resource: not("[\"\(D.role)\",\"arn:aws:sts::111122223333:assumed-role/app/one\",\"111122223333\"]")),
            "allowed", notPrincipals, by: session),
        row(
            "all but the role and its account",
            PolicyLayers(identity: all, resource: not("[\"\(D.role)\",\"111122223333\"]")), "explicitDeny resource",
            notPrincipals, by: session),
    ]

    private static func not(_ principals: String) -> PolicySet {
        D.set(D.deny(rest: ",\"NotPrincipal\":{\"AWS\":\(principals)}"), kind: .resource)
    }

    static let rows = identityRows + resourceRows + principalRows

    @Test(arguments: rows) func decides(_ row: Row) { row.check() }

    @Test func allTablesTogetherAreLong() {
        #expect(Self.rows.count + ConditionTableTests.rows.count + MatchingTableTests.allRows.count >= 300)
    }
}
