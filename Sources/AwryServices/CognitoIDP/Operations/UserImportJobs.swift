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
            guard var job = pool.importJobs[id] else {
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
            job["CompletionDate"] = .timestamp(call.now)
            job["Status"] = "Failed"
            job["CompletionMessage"] = "No CSV file was uploaded."
        }
    }

    private static func stop(_ state: inout CognitoIDP, _ call: FakeCall) throws(WireError) -> Outcome {
        try state.onJob(call) { (job) throws(WireError) in
            guard job["Status"] == "Created" else {
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
            let latest = Array(pool.importJobs.values.reversed())
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
