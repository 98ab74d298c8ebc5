// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a policy document: in AWS's words for the client, and with its place for whoever mends it.
public struct PolicyMistake: Error, Sendable, Hashable {
    /// What rule was broken.
    public enum Reason: Sendable, Hashable {
        case notJSON
        case syntax
        case version
        /// What IAM's older reader refuses: an effect in the wrong letter case, a date that is none.
        case legacy
        case duplicateSid
        /// A statement's name that has other signs than letters and digits, which only IAM forbids.
        case sidSigns
        case noActions
        case noResources
        case noPrincipal
        case principalNotAllowed
        case resourceNotAllowed(String)
        case trustAction
        case actionVendor
        case actionColons
        case vendor(String)
        /// The resource's own text says what is wrong with it.
        case resource(String)
        case principal(String)
        case unknownElement(String)
        case missing(String)
        case effect(String)
        case conditionOperator(String)
    }

    /// Which rule it broke.
    public let reason: Reason
    /// What came, what was expected, and what is near, in our own words.
    public let detail: String
    /// Where it stands.
    public let place: TextPlace
    /// The way to it from the whole document, for whoever made the text of something else; empty where it is no JSON.
    public var path: [PolicyStep] = []

    /// As IAM and STS put it in `MalformedPolicyDocument`.
    public var message: String {
        switch reason {
        case .notJSON, .syntax, .unknownElement, .missing, .effect, .conditionOperator: "Syntax errors in policy."
        case .version: "Policy document must be version 2012-10-17 or greater."
        case .legacy: "The policy failed legacy parsing"
        case .duplicateSid: "Statement IDs (SID) in a single policy must be unique."
        case .sidSigns:
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression "
                + "[0-9A-Za-z]*"
        case .noActions: "Policy statement must contain actions."
        case .noResources: "Policy statement must contain resources."
        case .noPrincipal: "Missing required field Principal"
        case .principalNotAllowed: "Policy document should not specify a principal."
        case .resourceNotAllowed(let name): "Has prohibited field \(name)"
        case .trustAction:
            "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and "
                + "sts:AssumeRoleWithWebIdentity"
        case .actionVendor: "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
        case .actionColons: "Actions/Condition can contain only one colon."
        case .vendor(let name): "Vendor \(name) is not valid"
        case .resource(let text): text
        case .principal(let entry): "Invalid principal in policy: \(entry)"
        }
    }

    /// As S3 puts it in `MalformedPolicy`.
    public var s3Message: String {
        switch reason {
        case .notJSON: "Policies must be valid JSON and the first byte must be '{'"
        case .syntax, .legacy: "This policy contains invalid Json"
        case .version: "The policy must contain a valid version string"
        case .duplicateSid, .sidSigns: "Statement IDs (SID) in a single policy must be unique."
        case .noActions: "Missing required field Action"
        case .noResources: "Missing required field Resource"
        case .noPrincipal: "Missing required field Principal"
        case .principalNotAllowed, .resourceNotAllowed: "Policy has a field that is not allowed"
        case .trustAction, .actionVendor, .actionColons, .vendor: "Policy has invalid action"
        case .resource: "Policy has invalid resource"
        case .principal: "Invalid principal in policy"
        case .unknownElement(let name): "Unknown field \(name)"
        case .missing(let name): "Missing required field \(name)"
        case .effect(let text): "Invalid effect: \(text)"
        case .conditionOperator(let name): "Invalid Condition type : \(name)"
        }
    }

    /// In which order AWS looks for mistakes: of several the first of these is told.
    var stage: Int {
        switch reason {
        case .notJSON, .syntax, .unknownElement, .missing, .effect, .conditionOperator: 0
        case .version: 1
        case .legacy: 2
        case .duplicateSid, .sidSigns: 3
        case .noActions: 4
        case .resource: 5
        case .actionVendor, .actionColons, .vendor: 6
        case .noResources, .noPrincipal, .principalNotAllowed, .resourceNotAllowed, .principal: 7
        case .trustAction: 8
        }
    }
}
