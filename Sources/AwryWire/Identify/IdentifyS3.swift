// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// S3's addressing: the bucket in the path or in the host name, and everything after it the key, slashes and all.
extension Identifier {
    /// What a request addresses, still encoded.
    private struct Resource {
        /// From the host name.
        var host: String?
        /// From the path.
        var bucket: ArraySlice<UInt8> = []
        var key: ArraySlice<UInt8> = []

        /// 0 the service, 1 a bucket, 2 an object.
        var level: Int {
            if !key.isEmpty { return 2 }
            return host != nil || !bucket.isEmpty ? 1 : 0
        }

        init(_ path: ArraySlice<UInt8>, host: String?) {
            self.host = host
            let rest = path.dropFirst()
            if host != nil {
                key = rest
            } else if let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
                bucket = rest[..<slash]
                key = rest[(slash + 1)...]
            } else {
                bucket = rest
            }
        }
    }

    func identifyS3(_ request: IncomingRequest, _ index: Int) -> Identification {
        guard let service = catalogue.service(at: index) else {
            return request.failure(UnknownOperation.rest, .restXML, nil, note: "the catalogue has no s3")
        }
        if request.isMethod("POST"), request.path.elementsEqual("/WriteGetObjectResponse".utf8),
            request.head.value("x-amz-request-route") != nil,
            let operation = service.operation("WriteGetObjectResponse")
        {
            return request.call(service, operation, .restXML)
        }
        let host = request.host.isS3 ? request.host.bucket : request.host.prefix
        let resource = Resource(request.path, host: host)
        if resource.host == nil, resource.bucket.isEmpty, request.path.count > 1 {
            return refuse(request, service, Self.invalidName(""), note: "the path begins with an empty bucket name")
        }
        if resource.level == 0, request.isMethod("GET"), request.credential.service?.equals("s3express") == true,
            let operation = service.operation("ListDirectoryBuckets")
        {
            // Nothing else tells it from ListBuckets.
            return request.call(service, operation, .restXML)
        }
        if request.isMethod("OPTIONS") { return preflight(request, service, resource) }
        if request.host.isWebsite { return identifyWebsite(request, service, resource) }
        guard let labels = labels(of: resource) else {
            let error = WireError("InvalidURI", status: 400, message: "Couldn't parse the specified URI.")
            return refuse(request, service, error, note: "the path is no percent-encoded UTF-8")
        }
        if resource.level == 1, request.isMethod("POST"), request.hasContentType("multipart/form-data"),
            let operation = service.operation("PutObject")
        {
            // A browser's upload (POST Object) has no operation in the model; it is PutObject with its input in a form.
            guard let body = request.body else { return .needsBody }
            do throws(WireError) {
                let form = try MultipartForm(fieldsOf: body, request.head)
                return request.asUpload(form).call(
                    service, operation, .restXML, labels: labels, bucket: resource.host,
                    note: "form upload (POST Object)")
            } catch {
                return refuse(request, service, error, note: "a form upload that cannot be read")
            }
        }
        let group = router(index, service).group(level: resource.level)
        guard let route = group?.choose(request.head, request.query, isStrict: true) else {
            let kind = ["SERVICE", "BUCKET", "OBJECT"][resource.level]
            return refuse(
                request, service, UnknownOperation.s3(method: request.head.method, resource: kind),
                note: "S3 has no \(request.head.method) of this resource")
        }
        return request.call(service, route.operation, .restXML, labels: labels, bucket: resource.host)
    }

    private func labels(of resource: Resource) -> [(name: String, value: String)]? {
        guard resource.level > 0 else { return [] }
        guard let bucket = resource.host ?? PercentCoding.text(resource.bucket, plusIsSpace: true) else { return nil }
        guard resource.level == 2 else { return [("Bucket", bucket)] }
        guard let key = PercentCoding.text(resource.key, plusIsSpace: true) else { return nil }
        return [("Bucket", bucket), ("Key", key)]
    }

    /// A preflight is no operation; without CORS rules S3 answers so.
    private func preflight(_ request: IncomingRequest, _ service: Service, _ resource: Resource) -> Identification {
        guard request.head.value("origin") != nil else {
            let error = WireError(
                "BadRequest", status: 400, message: "Insufficient information. Origin request header needed.")
            return refuse(request, service, error, note: "a preflight without Origin")
        }
        guard let method = request.head.text("access-control-request-method") else {
            let error = WireError("BadRequest", status: 400, message: "Invalid Access-Control-Request-Method: null")
            return refuse(request, service, error, note: "a preflight without Access-Control-Request-Method")
        }
        let kind = resource.level == 2 ? "OBJECT" : "BUCKET"
        let error = WireError(
            "AccessForbidden", status: 403, message: "CORSResponse: CORS is not enabled for this bucket.",
            fields: ["Method": .string(method), "ResourceType": .string(kind)])
        guard case .failure(var question) = refuse(request, service, error, note: "a preflight") else {
            return refuse(request, service, error, note: "a preflight")
        }
        if let bucket = labels(of: resource)?.first?.value {
            question.preflight = Preflight(bucket: bucket, resource: kind)
        }
        return .failure(question)
    }

    /// A bucket's web site: objects, by GET and HEAD alone.
    private func identifyWebsite(
        _ request: IncomingRequest, _ service: Service, _ resource: Resource
    ) -> Identification {
        let name = request.isMethod("GET") ? "GetObject" : request.isMethod("HEAD") ? "HeadObject" : nil
        guard let name, let operation = service.operation(name), let bucket = resource.host,
            let key = PercentCoding.text(resource.key, plusIsSpace: false)
        else {
            let error = WireError(
                "MethodNotAllowed", status: 405, message: "The specified method is not allowed against this resource.",
                fields: ["Method": .string(request.head.method), "ResourceType": "OBJECT"])
            return request.failure(error, .website, service, note: "a web site knows GET and HEAD alone")
        }
        let labels = [(name: "Bucket", value: bucket), (name: "Key", value: key)]
        return request.call(service, operation, .website, labels: labels, bucket: bucket, note: "a bucket's web site")
    }

    private static func invalidName(_ name: String) -> WireError {
        WireError(
            "InvalidBucketName", status: 400, message: "The specified bucket is not valid.",
            fields: ["BucketName": .string(name)])
    }

    private func refuse(
        _ request: IncomingRequest, _ service: Service, _ error: WireError, note: String
    ) -> Identification {
        request.failure(error, .restXML, service, note: note)
    }
}
