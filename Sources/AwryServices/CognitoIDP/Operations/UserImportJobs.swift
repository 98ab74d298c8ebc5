// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Imports of users from a CSV file. The file goes to an address that nothing serves, so a job that is started finds
/// none and fails, as AWS's does when none was uploaded.
extension CognitoIDP {
    static var createUserImportJob: Handler? { create }
    static var describeUserImportJob: Handler? { describe }
    static var startUserImportJob: Handler? { start }
    static var stopUserImportJob: Handler? { stop }
    static var listUserImportJobs: Handler? { list }
    static var getCSVHeader: Handler? { header }

    private static func create(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            try PoolQuota.importJobs.check(pool.importJobs.count, call)
            let id = "import-" + pool.identifiers.letters(10, of: CognitoAlphabet.digitsAndCapitals)
            let place = "https://aws-cognito-idp-user-import-\(pool.place.region).s3.\(pool.place.region).amazonaws.com"
            var job = call.input
            job["JobId"] = .string(id)
            job["PreSignedUrl"] = .string("\(place)/\(pool.place.account)/\(pool.id)/\(id)")
            job["CreationDate"] = .timestamp(call.now)
            job["Status"] = "Created"
            for count in ["ImportedUsers", "SkippedUsers", "FailedUsers"] { job[count] = 0 }
            pool.importJobs[id] = job
            return .output(["UserImportJob": .structure(job)])
        }
    }

    private mutating func onJob(
        _ call: FakeCall, _ work: (inout Fields) throws(WireError) -> Void
    ) throws(WireError) -> Outcome {
        try onPool(call) { (pool) throws(WireError) in
            let id = call.members.text("JobId")
            guard var job = pool.importJobs[id]?.importJob(at: call.now) else {
                throw call.error("ResourceNotFoundException", "User import job \(id) does not exist.")
            }
            try work(&job)
            pool.importJobs[id] = job
            return .output(["UserImportJob": .structure(job)])
        }
    }

    private static func describe(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onJob(call) { (_) throws(WireError) in }
    }

    private static func start(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onJob(call) { (job) throws(WireError) in
            guard job["Status"] == "Created" else {
                throw call.error("PreconditionNotMetException", "The user import job is not in a state to be started.")
            }
            job["StartDate"] = .timestamp(call.now)
            job["Status"] = "Pending"
        }
    }

    private static func stop(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onJob(call) { (job) throws(WireError) in
            guard job["Status"] == "Created" || job.isImporting else {
                throw call.error("PreconditionNotMetException", "The user import job is not in a state to be stopped.")
            }
            job["CompletionDate"] = .timestamp(call.now)
            job["Status"] = "Stopped"
            job["CompletionMessage"] = "The Import Job was stopped by the developer."
        }
    }

    private static func list(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let key = { (job: Fields) in job["JobId"]?.string ?? "" }
            let latest = pool.importJobs.values.reversed().map { $0.importJob(at: call.now) }
            let page = try PoolPage(latest, by: key, call, limit: "MaxResults", token: "PaginationToken")
            let shown = page.elements.map { Value.structure($0) }
            return .output(page.output(["UserImportJobs": .list(shown)], token: "PaginationToken"))
        }
    }

    private static func header(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onPool(call) { (pool) throws(WireError) in
            let skipped: Set<String> = ["sub", "identities"]
            let names =
                pool.schema.map(\.name).filter { !skipped.contains($0) } + ["cognito:mfa_enabled", "cognito:username"]
            return .output(["UserPoolId": .string(pool.id), "CSVHeader": .list(names.map { .string($0) })])
        }
    }
}

extension UserPool {
    /// Refuses what cannot be changed while users are being imported.
    func mustNotImport(_ call: FakeCall) throws(WireError) {
        if importJobs.values.contains(where: { $0.importJob(at: call.now).isImporting }) {
            throw call.error(
                "UserImportInProgressException", "A user import job is in progress for the user pool \(id).")
        }
    }
}

extension Fields {
    /// How long a job waits, and how long it then looks for its file.
    private static let waiting = Duration.seconds(30)
    private static let running = Duration.seconds(60)

    /// Whether a job was started and has not ended.
    fileprivate var isImporting: Bool { ["Pending", "InProgress"].contains(self["Status"]?.string) }

    /// A job as it stands at a moment: one that was started ends by itself, without its file.
    fileprivate func importJob(at now: Timestamp) -> Fields {
        guard isImporting, case .timestamp(let start)? = self["StartDate"] else { return self }
        var job = self
        if now - start >= Self.waiting { job["Status"] = "InProgress" }
        guard now - start >= Self.running else { return job }
        job["Status"] = "Failed"
        job["CompletionDate"] = .timestamp(start + Self.running)
        job["CompletionMessage"] = "No CSV file was uploaded."
        return job
    }
}
