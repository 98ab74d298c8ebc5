// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel
import AwryWire
import Testing

/// S3's addressing and sub-resources.
struct IdentifyS3Tests {
    @Test(arguments: [
        ("PUT /b/k", "s3.PutObject", "Bucket=b Key=k"),
        ("PUT /b", "s3.CreateBucket", "Bucket=b"),
        ("PUT /b/", "s3.CreateBucket", "Bucket=b"),
        ("GET /b//a//", "s3.GetObject", "Bucket=b Key=/a//"),
        ("GET /b/a%20b%2Bc/d//e%25~%C3%BC%3F", "s3.GetObject", "Bucket=b Key=a b+c/d//e%~ü?"),
        ("GET /b/a+b", "s3.GetObject", "Bucket=b Key=a b"),
        ("GET /b/a/../c", "s3.GetObject", "Bucket=b Key=a/../c"),
        ("GET /b/a%2Fb", "s3.GetObject", "Bucket=b Key=a/b"),
        ("GET /", "s3.ListBuckets", ""),
        ("GET /?x-id=ListBuckets", "s3.ListBuckets", ""),
        ("GET /?x-id=ListDirectoryBuckets", "s3.ListDirectoryBuckets", ""),
        ("GET /b?list-type=2&prefix=a", "s3.ListObjectsV2", "Bucket=b"),
        ("GET /b?prefix=a", "s3.ListObjects", "Bucket=b"),
        ("GET /b?acl", "s3.GetBucketAcl", "Bucket=b"),
        ("GET /b?acl=", "s3.GetBucketAcl", "Bucket=b"),
        ("GET /b/k?versionId=1&acl", "s3.GetObjectAcl", "Bucket=b Key=k"),
        ("GET /b?analytics", "s3.ListBucketAnalyticsConfigurations", "Bucket=b"),
        ("GET /b?analytics&id=1", "s3.GetBucketAnalyticsConfiguration", "Bucket=b"),
        ("PUT /b?analytics", "s3.PutBucketAnalyticsConfiguration", "Bucket=b"),
        ("GET /b/k?uploadId=1", "s3.ListParts", "Bucket=b Key=k"),
        ("PUT /b/k?partNumber=1&uploadId=2", "s3.UploadPart", "Bucket=b Key=k"),
        ("PUT /b/k?x-id=UploadPart&partNumber=1&uploadId=2", "s3.UploadPart", "Bucket=b Key=k"),
        ("POST /b/k?uploads", "s3.CreateMultipartUpload", "Bucket=b Key=k"),
        ("POST /b/k?uploadId=2", "s3.CompleteMultipartUpload", "Bucket=b Key=k"),
        ("DELETE /b/k?uploadId=2", "s3.AbortMultipartUpload", "Bucket=b Key=k"),
        ("POST /b/k?select&select-type=2", "s3.SelectObjectContent", "Bucket=b Key=k"),
        ("POST /b?delete", "s3.DeleteObjects", "Bucket=b"),
        ("HEAD /b/k", "s3.HeadObject", "Bucket=b Key=k"),
        ("HEAD /b", "s3.HeadBucket", "Bucket=b"),
        ("DELETE /b?acl", "405 MethodNotAllowed", ""),
        ("POST /b/k", "405 MethodNotAllowed", ""),
        ("PATCH /b/k", "405 MethodNotAllowed", ""),
        ("PUT //file.txt", "400 InvalidBucketName", ""),
        ("PUT //", "400 InvalidBucketName", ""),
        ("GET /b/%zz", "400 InvalidURI", ""),
        ("GET /b/%FF", "400 InvalidURI", ""),
        ("GET /v20180820/jobs", "s3control.ListJobs", ""),
    ])
    func paths(_ line: String, _ wanted: String, _ labels: String) {
        let found = Identifier.shared.identify(Requests.head(line, scope: "s3"))
        #expect(found.summary == wanted)
        #expect(found.labels == labels)
        #expect(Identifier.shared.identify(Requests.head(line, scope: "s3", region: "eu-west-1")).summary == wanted)
    }

    /// S3 Control's calls for directory buckets and for Outposts are signed for those.
    @Test(arguments: [
        ("GET /v20180820/accesspoint/a/scope", "s3express", "s3control.GetAccessPointScope"),
        ("GET /b/k", "s3express", "s3.GetObject"),
        ("GET /?max-directory-buckets=3", "s3express", "s3.ListDirectoryBuckets"),
        ("PUT /v20180820/bucket/b", "s3-outposts", "s3control.CreateBucket"),
        ("POST /S3Outposts/CreateEndpoint", "s3-outposts", "s3outposts.CreateEndpoint"),
        ("GET /S3Outposts/k", "s3", "s3.GetObject"),
        ("POST /WriteGetObjectResponse", "s3-object-lambda", "s3.WriteGetObjectResponse"),
    ])
    func signedForAnother(_ line: String, _ scope: String, _ wanted: String) {
        let head = Requests.head(line, ["x-amz-request-route: r"], scope: scope)
        #expect(Identifier.shared.identify(head).summary == wanted)
    }

    @Test func copiesAreToldByTheirHeader() {
        let source = ["X-Amz-Copy-Source: a/b"]
        #expect(Identifier.shared.identify(Requests.head("PUT /b/k", source, scope: "s3")).summary == "s3.CopyObject")
        let part = Requests.head("PUT /b/k?partNumber=1&uploadId=2", source, scope: "s3")
        #expect(Identifier.shared.identify(part).summary == "s3.UploadPartCopy")
    }

    @Test(arguments: [
        ("b.localhost:4566", "Bucket=b Key=k", "us-east-1"), ("b.s3.localhost", "Bucket=b Key=k", "us-east-1"),
        ("my.dotted.bucket.s3.eu-west-1.localhost:1", "Bucket=my.dotted.bucket Key=k", "eu-west-1"),
        ("s3.localhost", "Bucket=k", "us-east-1"), ("s3.eu-west-1.localhost", "Bucket=k", "eu-west-1"),
        ("b.s3.amazonaws.com", "Bucket=b Key=k", "us-east-1"),
        ("b.s3-us-west-2.amazonaws.com", "Bucket=b Key=k", "us-west-2"),
        ("b.s3.dualstack.us-west-2.amazonaws.com", "Bucket=b Key=k", "us-west-2"),
        ("b.s3-accelerate.amazonaws.com", "Bucket=b Key=k", "us-east-1"),
        ("b.aws.test", "Bucket=b Key=k", "us-east-1"), ("b.s3.aws.test", "Bucket=b Key=k", "us-east-1"),
        ("B.S3.LOCALHOST", "Bucket=b Key=k", "us-east-1"),
        ("aws.test", "Bucket=k", "us-east-1"), ("127.0.0.1:4566", "Bucket=k", "us-east-1"),
        ("other.example.com", "Bucket=k", "us-east-1"), ("[::1]:4566", "Bucket=k", "us-east-1"),
    ])
    func hosts(_ host: String, _ labels: String, _ region: String) {
        let options = IdentifyOptions(domains: ["aws.test"])
        let found = Identifier.shared.identify(Requests.head("GET /k", host: host), options: options)
        #expect(found.labels == labels)
        #expect(found.call?.region == region)
    }

    @Test func bucketsMayBeCalledLikeServices() {
        let signed = Identifier.shared.identify(Requests.head("GET /k", host: "logs.localhost", scope: "s3"))
        #expect(signed.labels == "Bucket=logs Key=k")
        let unsigned = Identifier.shared.identify(Requests.head("GET /k", host: "logs.localhost"))
        #expect(unsigned.labels == "Bucket=logs Key=k")
    }

    @Test func presignedURLs() {
        let version4 = Requests.head(
            "GET /b/a%20b%2B?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20261121%2Feu-west-1%2Fs3%2F"
                + "aws4_request&X-Amz-Date=20261121T140752Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host"
                + "&X-Amz-Security-Token=t%2F%2B&X-Amz-Signature=55b3")
        let call = Identifier.shared.identify(version4).call
        #expect(
            call?.credential
                == Credential(
                    accessKey: "AKID", date: "20261121", region: "eu-west-1", service: "s3", placement: .query,
                    sessionToken: "t/+"))
        #expect(call?.labels.last?.value == "a b+")
        let version2 = Requests.head("GET /b/k?AWSAccessKeyId=AKID&Signature=E3Uz%3D&Expires=1795273672")
        #expect(
            Identifier.shared.identify(version2).call?.credential == Credential(accessKey: "AKID", placement: .query))
        let header = Requests.head("GET /b/k", ["Authorization: AWS AKID:4sXQmIHN5Ab1Q7G5HfyHAx53xpQ="])
        #expect(
            Identifier.shared.identify(header).call?.credential == Credential(accessKey: "AKID", placement: .header))
    }

    @Test func sandboxPathsAreLeftOut() {
        let options = IdentifyOptions(pathStart: "/_sandbox/t1".utf8.count)
        let found = Identifier.shared.identify(Requests.head("GET /_sandbox/t1/b/k", scope: "s3"), options: options)
        #expect(found.labels == "Bucket=b Key=k")
        let root = Identifier.shared.identify(Requests.head("GET /_sandbox/t1", scope: "s3"), options: options)
        #expect(root.summary == "s3.ListBuckets")
    }

    @Test func formsAndPreflights() {
        let form = Requests.head("POST /b", ["Content-Type: multipart/form-data; boundary=x"])
        guard case .needsBody = Identifier.shared.identify(form) else {
            Issue.record("the form is not asked for")
            return
        }
        let scope = "AKIDX/20260301/eu-west-1/s3/aws4_request"
        let body = Array(
            "--x\r\nContent-Disposition: form-data; name=\"X-Amz-Credential\"\r\n\r\n\(scope)\r\n--x--\r\n".utf8)
        guard case .call(let upload) = Identifier.shared.identify(form, body: body[...]) else {
            Issue.record("no call")
            return
        }
        #expect(upload.operation.name == "PutObject" && upload.isFormUpload)
        #expect(upload.credential.accessKey == "AKIDX" && upload.region == "eu-west-1")
        let preflight = Requests.head("OPTIONS /b/k", ["Origin: http://a", "Access-Control-Request-Method: PUT"])
        guard case .failure(let failure) = Identifier.shared.identify(preflight) else {
            Issue.record("no failure")
            return
        }
        #expect(failure.error.code == "AccessForbidden")
        #expect(failure.error.fields["Method"] == "PUT")
    }
}
