// SPDX-License-Identifier: Apache-2.0

import AwryCore

extension IAM {
    /// A report is made again after four hours, and can be had for a day ("Get credential reports for your AWS account"
    /// of the IAM User Guide).
    private static let reportLife = Duration.seconds(4 * 3600)
    private static let reportEnd = Duration.seconds(24 * 3600)

    static var generateCredentialReport: Handler? {
        on { (account, call) throws(WireError) in
            if let report = account.report, call.now - report.made < reportLife { return ["State": "COMPLETE"] }
            account.report = CredentialReport(made: call.now, text: account.credentialReport(at: call.now))
            return [
                "State": "STARTED",
                "Description": "No report exists. Starting a new report generation task",
            ]
        }
    }
    static var getCredentialReport: Handler? {
        on { (account, call) throws(WireError) in
            guard let report = account.report else {
                throw call.error("ReportNotPresent", "No report exists. Generate one first.")
            }
            guard call.now - report.made < reportEnd else {
                throw call.error("ReportExpired", "The credential report has expired. Generate a new one.")
            }
            return [
                "Content": .blob(Blob(utf8: report.text)), "ReportFormat": "text/csv",
                "GeneratedTime": .timestamp(report.made),
            ]
        }
    }
}

extension IAMAccount {
    private static let columns = [
        "user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed",
        "password_next_rotation", "mfa_active", "access_key_1_active", "access_key_1_last_rotated",
        "access_key_1_last_used_date", "access_key_1_last_used_region", "access_key_1_last_used_service",
        "access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date",
        "access_key_2_last_used_region", "access_key_2_last_used_service", "cert_1_active", "cert_1_last_rotated",
        "cert_2_active", "cert_2_last_rotated",
    ]

    fileprivate func credentialReport(at now: Timestamp) -> String {
        let people = [root] + users.values.sorted { $0.entity.name < $1.entity.name }
        let rows = people.map { row(of: $0).joined(separator: ",") }
        return ([Self.columns.joined(separator: ",")] + rows).joined(separator: "\n")
    }

    private func row(of user: IAMUser) -> [String] {
        let isRoot = user.entity.id == id
        var row = [user.entity.name, principal(of: user).arn, Self.moment(user.entity.created)]
        if isRoot {
            row += ["not_supported", "no_information", "not_supported", "not_supported"]
        } else if let login = user.login {
            let rotation = passwordPolicy?.longestAge.map { Self.moment(login.changed + .seconds($0 * 86_400)) }
            row += ["true", "no_information", Self.moment(login.changed), rotation ?? "N/A"]
        } else {
            row += ["false", "N/A", "N/A", "N/A"]
        }
        row.append(devices(of: user.entity.id).isEmpty ? "false" : "true")
        for index in 0..<2 {
            guard index < user.keys.count else {
                row += ["false", "N/A", "N/A", "N/A", "N/A"]
                continue
            }
            let key = user.keys[index]
            row += ["\(key.isActive)", Self.moment(key.created)]
            row += key.lastUse.map { [Self.moment($0.at), $0.region, $0.service] } ?? ["N/A", "N/A", "N/A"]
        }
        for index in 0..<2 {
            let certificate = index < user.certificates.count ? user.certificates[index] : nil
            row.append(certificate?.status == "Active" ? "true" : "false")
            row.append(certificate.map { Self.moment($0.uploaded) } ?? "N/A")
        }
        return row
    }

    /// `2026-03-01T12:00:00+00:00`, as the report has it.
    private static func moment(_ moment: Timestamp) -> String {
        TimeFormats.iso8601(Timestamp(seconds: moment.seconds)).dropLast() + "+00:00"
    }
}
