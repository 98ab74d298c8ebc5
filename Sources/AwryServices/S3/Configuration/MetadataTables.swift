// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Tables with what a bucket's objects are. The tables are named, and empty.
extension S3 {
    static var createBucketMetadataConfiguration: Handler? {
        { (state, call) throws(WireError) in
            try state.createTables(.metadataConfiguration, "MetadataConfiguration", call) {
                (document) throws(WireError) in
                guard let journal = document.structure("JournalTableConfiguration") else { throw call.malformedXML() }
                try checkExpiration(journal.structure("RecordExpiration"), call)
                try checkEncryption(journal.structure("EncryptionConfiguration"), call)
                let inventory = document.structure("InventoryTableConfiguration")
                try checkEncryption(inventory?.structure("EncryptionConfiguration"), call)
            }
        }
    }
    static var deleteBucketMetadataConfiguration: Handler? { dropping(.metadataConfiguration) }
    static var getBucketMetadataConfiguration: Handler? {
        { (state, call) throws(WireError) in
            let bucket = state.buckets.values[try state.index(of: call)]
            guard let document = bucket.configuration[.metadataConfiguration] else {
                throw call.lacking("MetadataConfigurationNotFound", bucket.name)
            }
            return .output([
                "GetBucketMetadataConfigurationResult": ["MetadataConfigurationResult": shown(document, bucket)]
            ])
        }
    }

    static var updateBucketMetadataJournalTableConfiguration: Handler? {
        { (state, call) throws(WireError) in
            let change = try call.document("JournalTableConfiguration")
            try checkExpiration(change.structure("RecordExpiration"), call)
            return try state.changeTables("JournalTableConfiguration", change, call)
        }
    }
    static var updateBucketMetadataInventoryTableConfiguration: Handler? {
        { (state, call) throws(WireError) in
            let change = try call.document("InventoryTableConfiguration")
            try checkEncryption(change.structure("EncryptionConfiguration"), call)
            return try state.changeTables("InventoryTableConfiguration", change, call)
        }
    }

    static var createBucketMetadataTableConfiguration: Handler? {
        { (state, call) throws(WireError) in
            try state.createTables(.metadataTable, "MetadataTableConfiguration", call) {
                (document) throws(WireError) in
                guard let target = document.structure("S3TablesDestination") else { throw call.malformedXML() }
                let arn = target.text("TableBucketArn")
                guard arn.hasPrefix("arn:aws"), arn.contains(":s3tables:"), arn.contains(":bucket/") else {
                    throw call.invalidArgument("Invalid table bucket ARN", "TableBucketArn", arn)
                }
            }
        }
    }
    static var deleteBucketMetadataTableConfiguration: Handler? { dropping(.metadataTable) }
    static var getBucketMetadataTableConfiguration: Handler? {
        { (state, call) throws(WireError) in
            let bucket = state.buckets.values[try state.index(of: call)]
            guard let target = bucket.configuration[.metadataTable]?["S3TablesDestination"]?.fields else {
                throw call.lacking("MetadataConfigurationNotFound", bucket.name)
            }
            let (arn, name) = (target["TableBucketArn"]?.string ?? "", target["TableName"]?.string ?? "")
            return .output([
                "GetBucketMetadataTableConfigurationResult": [
                    "MetadataTableConfigurationResult": [
                        "S3TablesDestinationResult": [
                            "TableBucketArn": .string(arn), "TableName": .string(name),
                            "TableArn": .string("\(arn)/table/\(name)"), "TableNamespace": "aws_s3_metadata",
                        ]
                    ], "Status": "ACTIVE",
                ]
            ])
        }
    }

    private mutating func createTables(
        _ kind: BucketConfiguration.Kind, _ member: String, _ call: FakeCall,
        _ check: (InputReader) throws(WireError) -> Void
    ) throws(WireError) -> Outcome {
        let index = try index(of: call)
        let document = try call.document(member)
        try check(document)
        // A bucket has tables of the one sort or of the other.
        let kept = buckets.values[index].configuration
        guard kept[.metadataConfiguration] == nil, kept[.metadataTable] == nil else {
            throw call.refusal(
                "InvalidBucketState", message: "A metadata configuration already exists on this bucket.")
        }
        buckets.values[index].configuration[kind] = document.all
        return .output([:])
    }

    private mutating func changeTables(
        _ name: String, _ change: InputReader, _ call: FakeCall
    ) throws(WireError) -> Outcome {
        let index = try index(of: call)
        guard var document = buckets.values[index].configuration[.metadataConfiguration] else {
            throw call.lacking("MetadataConfigurationNotFound", buckets.values[index].name)
        }
        var table = document[name]?.fields ?? [:]
        for (name, value) in change.all { table[name] = value }
        document[name] = .structure(table)
        buckets.values[index].configuration[.metadataConfiguration] = document
        return .output([:])
    }

    private static func dropping(_ kind: BucketConfiguration.Kind) -> Handler {
        { (state, call) throws(WireError) in
            let index = try state.index(of: call)
            guard state.buckets.values[index].configuration[kind] != nil else {
                throw call.lacking("MetadataConfigurationNotFound", state.buckets.values[index].name)
            }
            state.buckets.values[index].configuration[kind] = nil
            return .output([:])
        }
    }

    private static func checkExpiration(_ expiration: InputReader?, _ call: FakeCall) throws(WireError) {
        let days = expiration?.integer("Days")
        switch expiration?.text("Expiration") {
        case "ENABLED":
            // RecordExpiration: at least a week.
            guard let days, (7...Int64(Int32.max)).contains(days) else {
                throw call.invalidArgument(
                    "Record expiration must be between 7 and 2147483647 days", "Days", days.map { "\($0)" } ?? "null")
            }
        default: if days != nil { throw call.malformedXML() }
        }
    }

    private static func checkEncryption(_ encryption: InputReader?, _ call: FakeCall) throws(WireError) {
        guard let encryption else { return }
        let hasKey = encryption["KmsKeyArn"] != nil
        if hasKey != (encryption.text("SseAlgorithm") == "aws:kms") {
            throw call.invalidRequest("A KMS key ARN must be given for aws:kms, and for nothing else.")
        }
    }

    private static func shown(_ document: Fields, _ bucket: Bucket) -> Value {
        let holder = "arn:aws:s3tables:\(bucket.region):\(bucket.account):bucket/aws-s3"
        func table(_ kind: String) -> Fields {
            ["TableStatus": "ACTIVE", "TableName": .string(kind), "TableArn": .string("\(holder)/table/\(kind)")]
        }
        var journal = table("journal")
        journal["RecordExpiration"] = document["JournalTableConfiguration"]?.fields?["RecordExpiration"]
        var result: Fields = [
            "DestinationResult": [
                "TableBucketType": "aws", "TableBucketArn": .string(holder),
                "TableNamespace": .string("b_\(bucket.name)"),
            ], "JournalTableConfigurationResult": .structure(journal),
        ]
        let state = document["InventoryTableConfiguration"]?.fields?["ConfigurationState"]
        if let state {
            var inventory = state == "ENABLED" ? table("inventory") : [:]
            inventory["ConfigurationState"] = state
            result["InventoryTableConfigurationResult"] = .structure(inventory)
        }
        return .structure(result)
    }
}
