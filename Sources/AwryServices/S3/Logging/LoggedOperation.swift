// SPDX-License-Identifier: Apache-2.0

extension AccessRecord {
    /// What operations are called in logs that are not called by their method and noun.
    private static let table = """
        GetObject=OBJECT HeadObject=OBJECT PutObject=OBJECT DeleteObject=OBJECT CopyObject=OBJECT ListObjects=BUCKET
        ListObjectsV2=BUCKET ListObjectVersions=BUCKETVERSIONS HeadBucket=BUCKET CreateBucket=BUCKET
        DeleteBucket=BUCKET GetObjectAcl=ACL PutObjectAcl=ACL GetBucketPolicy=BUCKETPOLICY
        PutBucketPolicy=BUCKETPOLICY DeleteBucketPolicy=BUCKETPOLICY GetBucketLogging=LOGGING_STATUS
        PutBucketLogging=LOGGING_STATUS DeleteObjects=MULTI_OBJECT_DELETE CreateMultipartUpload=UPLOADS
        ListMultipartUploads=UPLOADS UploadPart=PART UploadPartCopy=PART CompleteMultipartUpload=UPLOAD
        AbortMultipartUpload=UPLOAD ListParts=UPLOAD RestoreObject=RESTORE PutObjectRetention=OBJECT_LOCK_RETENTION
        GetObjectRetention=OBJECT_LOCK_RETENTION PutObjectLegalHold=OBJECT_LOCK_LEGALHOLD
        GetObjectLegalHold=OBJECT_LOCK_LEGALHOLD CreateSession=SESSION
        """

    private static let names: [String: String] = Dictionary(
        uniqueKeysWithValues: table.split { $0 == " " || $0 == "\n" }.map { row in
            let parts = row.split(separator: "=")
            return (String(parts[0]), String(parts[1]))
        })

    /// What a log calls an operation of this name and method: `REST.GET.VERSIONING`.
    public static func name(of operation: String, method: String) -> String {
        let verb = operation == "CopyObject" || operation == "UploadPartCopy" ? "COPY" : method
        return "REST.\(verb).\(names[operation] ?? noun(of: operation))"
    }

    /// `GetBucketRequestPayment` is about REQUEST_PAYMENT, `PutObjectTagging` about OBJECT_TAGGING.
    private static func noun(of operation: String) -> String {
        var rest = operation[...].drop { $0.isUppercase }.drop { $0.isLowercase }
        if rest.hasPrefix("Bucket"), rest.count > 6 { rest = rest.dropFirst(6) }
        for ending in ["Configurations", "Configuration"] where rest.hasSuffix(ending) && rest.count > ending.count {
            rest = rest.dropLast(ending.count)
            break
        }
        var name = ""
        for letter in rest {
            if letter.isUppercase, !name.isEmpty { name += "_" }
            name += letter.uppercased()
        }
        return name
    }
}
