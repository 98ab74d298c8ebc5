// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryHTTP
import AwryServices
import AwryWire

/// A bucket's web site ("Hosting a static website using Amazon S3", Amazon S3 User Guide): objects behind index
/// documents, error documents and redirects.
extension Pipeline {
    /// What a visitor gets.
    func visit(_ decided: DecidedCall, _ input: Fields) throws(WireError) -> Performed {
        let call = decided.call
        let name = input["Bucket"]?.string ?? ""
        guard let bucket = call.sandbox.world.front(ofBucket: name) else {
            throw WireError(
                "NoSuchBucket", status: 404, message: "The specified bucket does not exist",
                fields: ["BucketName": .string(name)])
        }
        guard let website = bucket.website else {
            throw WireError(
                "NoSuchWebsiteConfiguration", status: 404,
                message: "The specified bucket does not have a website configuration",
                fields: ["BucketName": .string(name)])
        }
        let path = input["Key"]?.string ?? ""
        if let redirect = website.redirect(of: path, status: 200) { return send(call, redirect) }
        let key = website.key(for: path)
        do throws(WireError) {
            return try page(key, input, decided)
        } catch {
            if error.status == 304 || error.status == 416 || error.status == 412 { throw error }
            if let redirect = website.redirect(of: path, status: error.status) { return send(call, redirect) }
            if let folder = folder(path, website, input, decided) { return folder }
            return try explain(error, website, input, decided)
        }
    }

    /// The object, or where it says that its visitors are sent.
    private func page(_ key: String, _ input: Fields, _ decided: DecidedCall) throws(WireError) -> Performed {
        var input = input
        input["Key"] = .string(key)
        guard let performed = try performFake(decided, input), case .output(let output) = performed else {
            throw WireError(
                "NoSuchKey", status: 404, message: "The specified key does not exist.", fields: ["Key": .string(key)])
        }
        if let target = output["WebsiteRedirectLocation"]?.string {
            return .answered(redirected(decided.call, to: target, status: 301))
        }
        return performed
    }

    /// A folder that was asked for without its slash.
    private func folder(_ path: String, _ website: WebsiteRules, _ input: Fields, _ decided: DecidedCall) -> Performed?
    {
        guard !path.isEmpty, !path.hasSuffix("/"), website.indexSuffix != nil,
            (try? page(website.key(for: path + "/"), input, decided)) != nil
        else { return nil }
        return .answered(redirected(decided.call, to: "/" + encoded(path) + "/", status: 302))
    }

    /// The site's own page for errors, with the error's status; else the error.
    private func explain(
        _ error: WireError, _ website: WebsiteRules, _ input: Fields, _ decided: DecidedCall
    ) throws(WireError) -> Performed {
        let bare: Fields = ["Bucket": input["Bucket"] ?? .null]
        guard let key = website.errorKey, (400..<500).contains(error.status),
            let shown = try? page(key, bare, decided)
        else { throw error }
        guard case .output(let output) = shown else { return shown }
        var rendered = try Wire.encodeOutput(output, of: decided.call.identified, decided.call.context)
        rendered.status = error.status
        rendered.headers += [
            Header("x-amz-error-code", error.code), Header("x-amz-error-message", error.message ?? ""),
        ]
        if let key = input["Key"]?.string, error.code == "NoSuchKey" {
            rendered.headers.append(Header("x-amz-error-detail-Key", encoded(website.key(for: key))))
        }
        return .answered(Answered(rendered, error: error.code))
    }

    private func send(_ call: Call, _ redirect: WebsiteRules.Redirect) -> Performed {
        let own = call.request.arrival.isSecure ? "https" : "http"
        let host = redirect.host ?? call.request.head.text("host") ?? ""
        let target = "\(redirect.scheme ?? own)://\(host)/\(encoded(redirect.key))"
        return .answered(redirected(call, to: target, status: redirect.status))
    }

    private func redirected(_ call: Call, to target: String, status: Int) -> Answered {
        let error = WireError(
            status == 302 ? "Found" : "MovedPermanently", status: status,
            message: status == 302 ? "Resource Found" : "Resource moved")
        var rendered = Wire.encodeError(error, of: call.identified, call.context)
        rendered.headers.removeAll { $0.name.lowercased() == "x-amz-bucket-region" }
        rendered.headers.append(Header("Location", target))
        return Answered(rendered)
    }

    private func encoded(_ key: String) -> String { PercentCoding.encode(key, keeping: "/!$&'()*,;=:@") }
}
