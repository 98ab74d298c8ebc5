// SPDX-License-Identifier: Apache-2.0

import AwryHTTP
import AwryModel
import Synchronization

/// Finds out which operation of which service a request calls.
///
/// The order is that of AWS's own front ends: what names the operation outright (`X-Amz-Target`, the paths of
/// rpc-v2-cbor, `Action`) before what implies it (method, path and query). The service comes from the signature's
/// scope, else from the host name, else it is guessed: an unsigned request that says nothing else is S3's.
public struct Identifier: Sendable {
    /// The identifier of the built-in catalogue.
    public static let shared = Identifier(catalogue: .shared)

    let catalogue: Catalogue
    /// The number of S3, which is asked for at every turn.
    let s3: Int?
    private let routers: [RouterSlot]

    /// Where a service's router is kept, once made.
    private final class RouterSlot: Sendable {
        let router = AtomicLazyReference<Router>()
    }

    /// An identifier of these services.
    public init(catalogue: Catalogue) {
        self.catalogue = catalogue
        s3 = catalogue.serviceIndex("s3")
        routers = (0..<catalogue.serviceCount).map { _ in RouterSlot() }
    }

    /// Which call a request is. `body` is needed only after `.needsBody`.
    public func identify(
        _ head: RequestHead, body: ArraySlice<UInt8>? = nil, options: IdentifyOptions = IdentifyOptions()
    ) -> Identification {
        if let target = head.value("x-amz-target") {
            return identify(target: target, IncomingRequest(head, body, options, catalogue))
        }
        let request = IncomingRequest(head, body, options, catalogue)
        let page = CredentialPaths.identify(request) ?? PoolPaths.identify(request)
        if let found = page ?? IdentityPoolPaths.identify(request) { return found }
        if let found = identifyCBOR(request) { return found }
        let candidates = candidates(of: request)
        if let found = identifyAction(request, candidates) { return found }
        return identifyREST(request, candidates)
    }

    /// The router of service number `index`; made at its first request.
    func router(_ index: Int, _ service: Service) -> Router {
        if let router = routers[index].router.load() { return router }
        return routers[index].router.storeIfNil(Router(service))
    }

    /// The services that a request can be for, by number.
    func candidates(of request: IncomingRequest) -> Candidates {
        if let name = request.credential.service, !name.isEmpty {
            let signed = services(scope: name)
            // The host decides among those that share a signing name; a local name says nothing.
            if !signed.isEmpty, request.host.services.isEmpty { return Candidates(indexes: signed, isCertain: true) }
            let both = signed.filter { request.host.services.contains($0) }
            if !signed.isEmpty { return Candidates(indexes: both.isEmpty ? signed : both, isCertain: true) }
            return Candidates(
                indexes: request.host.services, isCertain: false, unknownScope: String(decoding: name, as: UTF8.self))
        }
        if request.credential.isBearer, request.host.services.isEmpty {
            return Candidates(indexes: BearerServices.names.compactMap(catalogue.serviceIndex), isCertain: true)
        }
        if request.host.isS3, let s3 { return Candidates(indexes: [s3], isCertain: true) }
        return Candidates(indexes: request.host.services, isCertain: !request.host.services.isEmpty)
    }

    /// The services whose signing name this is, or that are reached under it.
    private func services(scope name: ArraySlice<UInt8>) -> [Int] {
        let signed = catalogue.serviceIndexes(signingName: name)
        // Aliases are S3's kin alone: of other names no text is made.
        if !signed.isEmpty, !name.starts(with: "s3".utf8) { return signed }
        let text = String(decoding: name, as: UTF8.self)
        if let aliases = ScopeAliases.services[text] { return aliases.compactMap { catalogue.serviceIndex($0) } }
        if !signed.isEmpty { return signed }
        return catalogue.serviceIndex(text).map { [$0] } ?? catalogue.serviceIndexes(endpointPrefix: name)
    }

    /// The services that a request can be for.
    struct Candidates {
        let indexes: [Int]
        /// Whether scope or host name named them.
        let isCertain: Bool
        /// A scope whose service nobody knows.
        var unknownScope: String?
    }
}

/// Services whose calls carry a token instead of a signature (botocore's `bearer` and `httpBearerAuth`).
enum BearerServices {
    static let names = ["codecatalyst", "bedrock-runtime", "bedrock"]
}

/// Signing names under which more services are called than have them as their own.
enum ScopeAliases {
    /// From botocore's endpoint rule sets (the `authSchemes` of S3's and S3 Control's endpoints), most likely first.
    static let services: [String: [String]] = [
        "s3express": ["s3", "s3control"],
        "s3-object-lambda": ["s3", "s3control"],
        "s3-outposts": ["s3outposts", "s3control", "s3"],
    ]
}
