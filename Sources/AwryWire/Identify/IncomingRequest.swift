// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryModel

/// A request with all that its head says of where it wants to go.
struct IncomingRequest {
    let head: RequestHead
    let body: ArraySlice<UInt8>?
    /// The path as AWS would see it, still encoded; `/` at least.
    let path: ArraySlice<UInt8>
    let query: QueryItems
    private(set) var credential: CredentialReader
    let host: HostName
    let options: IdentifyOptions
    /// Whether it is read as the GET for which it stands, its form as the query.
    private(set) var isFormForQuery = false
    /// Whether it is a browser's upload, with what a signature says in its form.
    private(set) var isFormUpload = false

    init(_ head: RequestHead, _ body: ArraySlice<UInt8>?, _ options: IdentifyOptions, _ catalogue: Catalogue) {
        self.head = head
        self.body = body
        let path = head.path.dropFirst(max(0, options.pathStart))
        self.path = path.isEmpty ? [UInt8(ascii: "/")] : path
        query = QueryItems(head.query)
        credential = CredentialReader(head, query)
        host = HostName(head.host, domains: options.domains, catalogue: catalogue)
        self.options = options
    }

    /// Whether it posts a form.
    var isForm: Bool { isMethod("POST") && hasContentType("application/x-www-form-urlencoded") }

    /// The request as the GET for which a POST stands whose query grew too long for a URL, as botocore sends
    /// CloudSearch's Search (`change_get_to_post`).
    func asGet(_ catalogue: Catalogue) -> IncomingRequest? {
        guard isForm, let body else { return nil }
        var get = IncomingRequest(head.asGet(query: body), nil, options, catalogue)
        get.isFormForQuery = true
        return get
    }

    /// The request as the upload that its form makes, signed by the form's fields.
    func asUpload(_ form: MultipartForm) -> IncomingRequest {
        var upload = self
        upload.isFormUpload = true
        if credential.placement == .none { upload.credential = CredentialReader(form) }
        return upload
    }

    private func region(_ credential: Credential) -> String {
        if let region = credential.region, !region.isEmpty { return region }
        return host.region ?? options.defaultRegion
    }

    func isMethod(_ method: StaticString) -> Bool {
        head.bytes[head.methodRange].equals(method)
    }

    /// Whether the content type begins so (lower case wanted).
    func hasContentType(_ wanted: StaticString) -> Bool {
        guard let type = head.value("content-type") else { return false }
        return wanted.withUTF8Buffer { wanted in
            type.count >= wanted.count
                && zip(type, wanted).allSatisfy { ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1 }
        }
    }

    /// A call of an operation, with what every call has.
    func call(
        _ service: Service, _ operation: AwryModel.Operation, _ dialect: Dialect,
        labels: [(name: String, value: String)] = [], bucket: String? = nil, note: String? = nil
    ) -> Identification {
        let choice = IdentifiedCall.Choice(service: service, operation: operation, dialect: dialect, labels: labels)
        return call(choice, bucket: bucket, note: note)
    }

    /// A call of one of the operations that the request may be.
    func call(
        _ choice: IdentifiedCall.Choice, others: [IdentifiedCall.Choice] = [], bucket: String? = nil,
        note: String? = nil
    ) -> Identification {
        let credential = credential.credential
        return .call(
            IdentifiedCall(
                choice, credential: credential, region: region(credential), wantsQueryErrors: wantsQueryErrors,
                hostBucket: bucket, hostRegion: host.isS3 ? host.region : nil, isFormForQuery: isFormForQuery,
                isFormUpload: isFormUpload, others: others, note: note))
    }

    /// A request that is none.
    func failure(_ error: WireError, _ dialect: Dialect, _ service: Service?, note: String) -> Identification {
        let credential = credential.credential
        return .failure(
            UnidentifiedRequest(
                error: error, dialect: dialect, service: service, credential: credential,
                region: region(credential), note: note))
    }

    private var wantsQueryErrors: Bool {
        guard let mode = head.value("x-amzn-query-mode") else { return false }
        return mode.equals("true")
    }
}

extension RequestHead {
    /// The same head with the method GET and this query.
    func asGet(query: ArraySlice<UInt8>) -> RequestHead {
        // An absolute target keeps its host.
        let target = bytes[targetRange.lowerBound..<path.endIndex] + [UInt8(ascii: "?")] + query
        return with(method: Array("GET".utf8), target: Array(target))
    }
}
