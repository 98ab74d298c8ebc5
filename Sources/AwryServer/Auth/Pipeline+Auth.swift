// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryDigest
import AwryModel
import AwryScenario
import AwryServices
import AwryWire

/// Step 5: who calls, and whether it is true.
extension Pipeline {
    /// So far may a signature's moment be from now, either way.
    private static let tolerance = Duration.seconds(900)

    /// How much is asked of a call's caller.
    func authMode(_ call: Call) -> AuthMode { call.sandbox.auth ?? options.auth }

    /// Refuses a call that is not signed as its key signs; `skew` is what a rule puts the client's clock off by.
    func authenticate(_ call: Call, _ body: CallBody, skew: Duration) throws(WireError) {
        let identified = call.identified
        guard authMode(call) != .off, !identified.operation.traits.isUnsigned, identified.dialect != .metadata else {
            return
        }
        // What S3's and SQS's policies say of nobody is asked where they are enforced.
        if call.isAnonymous, ["s3", "sqs"].contains(identified.service.name), authMode(call) == .enforce { return }
        do throws(AuthRefusal) {
            try check(call, body, skew: skew)
        } catch {
            throw error.error(identified.operation, identified.service)
        }
    }

    private func check(_ call: Call, _ body: CallBody, skew: Duration) throws(AuthRefusal) {
        guard !call.isAnonymous else { throw .unsigned }
        let credential = call.identified.credential
        if let former = FormerSignature(call.request.head, credential), call.identified.service.name == "s3" {
            return try check(former, call)
        }
        if credential.placement == .form { return try checkForm(call, body) }
        let parts = try SignatureParts(call.request.head, credential.placement)
        try checkScope(parts, call)
        let secret = try secret(call, credential)
        if let lifetime = parts.lifetime {
            // What a sandbox promised ends by its clock.
            let now = call.sandbox.clock.now
            if parts.moment + .seconds(lifetime) < now { throw .expired(parts, now: now) }
        } else {
            let now = SystemClock().now + skew
            let off = parts.moment - now
            if off > Self.tolerance || off < .zero - Self.tolerance { throw .skewed(parts, now: now) }
        }
        try SignatureCheck(
            head: call.request.head, body: body, keys: signingKeys,
            isS3: call.identified.service.metadata.signingName == "s3"
        ).verify(parts, secret: secret)
    }

    /// Presigned URLs of version 2, which S3 takes still and SDKs make still.
    private func check(_ former: FormerSignature, _ call: Call) throws(AuthRefusal) {
        let secret = try secret(call, call.identified.credential)
        let now = call.sandbox.clock.now
        if former.expires < now { throw .formerExpired(former.expires, now: now) }
        try former.verify(secret: secret)
    }

    /// A browser's upload, whose signature covers its policy ("Browser-Based Uploads Using POST", Amazon S3 API
    /// Reference).
    private func checkForm(_ call: Call, _ body: CallBody) throws(AuthRefusal) {
        let credential = call.identified.credential
        guard let data = body.data,
            let form = try? MultipartForm(fieldsOf: data.prefix(MultipartForm.headBytes).bytes, call.request.head)
        else { throw .unsigned }
        let secret = try secret(call, credential)
        let policy = form.value("policy") ?? ""
        let (wanted, came): (String, String?)
        if let scope = form.value("x-amz-credential")?.split(separator: "/").suffix(4), scope.count == 4 {
            let key = signingKeys.key(secret, scope: Array(scope.joined(separator: "/").utf8)[...])
            (wanted, came) = (Hex.text(key.code(of: Array(policy.utf8))), form.value("x-amz-signature"))
        } else {
            (wanted, came) = (Base64.text(Digests.hmacSHA1(key: secret.utf8, policy.utf8)), form.value("signature"))
        }
        guard let came, Digests.areEqual(wanted.utf8, came.utf8) else { throw .wrongForm(credential.accessKey ?? "") }
    }

    /// What parts of S3 are called in scopes, beside its own name: directory buckets' and object lambdas'.
    private static let s3Names = ["s3express", "s3-object-lambda"]

    private func checkScope(_ parts: SignatureParts, _ call: Call) throws(AuthRefusal) {
        guard parts.end == "aws4_request" else { throw .wrongEnd(parts) }
        let service = call.identified.service
        let metadata = service.metadata
        let isOwn =
            parts.service == metadata.signingName || parts.service == service.name
            || parts.service == metadata.endpointPrefix
            || service.name == "s3" && Self.s3Names.contains(parts.service)
        guard isOwn else {
            throw .wrongService(parts, expected: metadata.signingName)
        }
        guard parts.stampBytes.starts(with: parts.day.utf8), parts.day.utf8.count == 8 else { throw .wrongDay(parts) }
        let isRegion =
            !parts.region.isEmpty
            && parts.region.utf8.allSatisfy { byte in
                byte.isDigit || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
            }
        guard isRegion else { throw .wrongRegion(parts, expected: "us-east-1") }
    }

    /// What the key signs with, if it holds now and its token came with it.
    private func secret(_ call: Call, _ credential: Credential) throws(AuthRefusal) -> String {
        let accessKey = credential.accessKey ?? ""
        guard let key = call.caller.issued else {
            guard call.caller.isNamedRoot else { throw .unknownKey(accessKey) }
            if let token = credential.sessionToken { throw .badToken(token) }
            return options.rootSecret
        }
        let now = call.sandbox.clock.now
        guard key.isActive, key.takesEffect <= now else { throw .unknownKey(accessKey) }
        guard key.sessionToken == credential.sessionToken else {
            guard let token = credential.sessionToken else { throw .unknownKey(accessKey) }
            throw .badToken(token)
        }
        if let expires = key.expires, expires <= now { throw .expiredToken(credential.sessionToken ?? "") }
        if !key.isForIAM, call.identified.service.name == "iam" { throw .badToken(credential.sessionToken ?? "") }
        return key.secret
    }
}

extension Call {
    /// Whether nobody signed it.
    var isAnonymous: Bool { identified.credential.placement == .none }
}
