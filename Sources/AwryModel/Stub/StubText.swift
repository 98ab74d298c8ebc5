// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Synchronization

/// Chooses texts that satisfy a shape: from its enum, by the member's name, or by its pattern.
enum StubText {
    /// The longest text that is made, whatever the minimum.
    static let lengthLimit = 4096

    /// A text for a member; the smallest of the right length where no text that satisfies its pattern is found.
    static func text(_ member: Member, _ shape: Shape, _ service: Service, _ source: inout StubSource) -> String {
        if let first = member.values.first ?? shape.limits.values.first { return first }
        if member.flags.contains(.jsonValue) { return "{}" }
        let wanted = named(member, shape, service, &source)
        if let wanted, fits(wanted, shape) { return wanted }
        let length = RequiredFill.count(shape.limits, most: lengthLimit)
        let plain = String(repeating: "a", count: length)
        if shape.limits.pattern == nil { return plain }
        if let cached = shape.sample.load() { return cached.text }
        let found = candidates(length, service).first { fits($0, shape) } ?? sample(shape, length) ?? plain
        return shape.sample.storeIfNil(SampleText(found)).text
    }

    static func fits(_ text: String, _ shape: Shape) -> Bool {
        shape.broken(by: .string(text)).isEmpty
    }

    /// What the member's name asks for: an ARN, or an identifier.
    private static func named(
        _ member: Member, _ shape: Shape, _ service: Service, _ source: inout StubSource
    ) -> String? {
        let names = [member.name, shape.name]
        if names.contains(where: { $0.hasSuffix("Arn") || $0.hasSuffix("ARN") || $0 == "arn" }) {
            return "arn:aws:\(service.metadata.signingName):\(source.region):\(source.account):stub/\(source.uuid())"
        }
        if names.contains(where: { $0.hasSuffix("Id") || $0.hasSuffix("ID") || $0 == "id" }) {
            let id = source.uuid()
            guard let maximum = shape.limits.maximum, maximum < 36 else { return id }
            // Without the dashes, cut to what fits.
            return String(id.filter { $0 != "-" }.prefix(max(1, Int(maximum))))
        }
        return nil
    }

    /// Texts that many patterns accept; none depends on chance, so that one sample serves a shape for good.
    private static func candidates(_ length: Int, _ service: Service) -> [String] {
        let signing = service.metadata.signingName
        let size = max(length, 1)
        let zero = "00000000-0000-4000-8000-000000000000"
        var texts = ["a", "0", "A", "f", "1"].map { String(repeating: $0, count: size) }
        texts += [
            "", "1.0", "1.0.0", "a-1", "Stub", zero, "us-east-1", "us-east-1a", "2026-01-01", "2026-01-01T00:00:00Z",
            "true",
            "10.0.0.1", "10.0.0.0/16", "https://example.com", "https://example.com/", "s3://stub/stub",
            "stub@example.com",
            "example.com", "aws/stub", "/stub", "/", "AWS::Stub::Stub", "000000000000",
            "arn:aws:\(signing):us-east-1:000000000000:stub/stub",
            "arn:aws:\(signing):us-east-1:000000000000:stub:stub",
            "arn:aws:\(signing):us-east-1:000000000000:stub/\(zero)", "arn:aws:iam::000000000000:role/stub",
            "arn:aws:s3:::stub", "arn:aws:kms:us-east-1:000000000000:key/\(zero)",
            "arn:aws:sns:us-east-1:000000000000:stub", "arn:aws:lambda:us-east-1:000000000000:function:stub",
        ]
        return texts
    }

    /// A text made from the pattern itself.
    private static func sample(_ shape: Shape, _ length: Int) -> String? {
        guard let pattern = shape.limits.pattern.flatMap(JavaPattern.translated), let sampler = PatternSample(pattern)
        else { return nil }
        // Few repeats first; then about as many as the least length asks for, less what stands around them.
        let enough = (0...12).map { max(0, length - $0) }
        for repeats in [0, 1, 2, 4, 8, 16, 32, 64] + enough {
            for variant in 0..<4 {
                let text = sampler.text(repeats: repeats, variant: variant)
                if text.unicodeScalars.count <= lengthLimit, fits(text, shape) { return text }
            }
        }
        return nil
    }
}

/// The text that was found for a shape's pattern, kept because finding it tries many.
final class SampleText: Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}
