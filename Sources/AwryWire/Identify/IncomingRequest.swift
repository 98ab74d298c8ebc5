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
    let credential: CredentialReader
    let host: HostName
    let options: IdentifyOptions

    init(_ head: RequestHead, _ body: ArraySlice<UInt8>?, _ options: IdentifyOptions, _ catalogue: Catalogue) {
        self.head = head
        self.body = body
        let path = head.path.dropFirst(max(0, options.pathStart))
        self.path = path.isEmpty ? [UInt8(ascii: "/")] : path
        query = QueryItems(head.query)
        credential = CredentialReader(head, query)
        host = HostName(head.value("host"), domains: options.domains, catalogue: catalogue)
        self.options = options
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
        let credential = credential.credential
        return .call(
            IdentifiedCall(
                service: service, operation: operation, dialect: dialect, credential: credential,
                labels: labels, region: region(credential), wantsQueryErrors: wantsQueryErrors, hostBucket: bucket,
                note: note))
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
