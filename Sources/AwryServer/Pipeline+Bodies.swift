// SPDX-License-Identifier: Apache-2.0

import AwryDigest
import AwryHTTP
import AwryModel
import AwryWire
import Synchronization

/// How bodies are taken in, by what the request's head says.
extension Pipeline {
    /// For a request whose operation is not known: in memory, where its form will be read.
    func plan(_ head: RequestHead, limit: Int) -> BodyPlan {
        var plan = BodyPlan(limit: limit)
        plan.chunked = AWSChunkedMode(head)
        if plan.chunked != nil { plan.decodedLength = head.text("x-amz-decoded-content-length").flatMap { Int($0) } }
        plan.keepsSent = options.unscripted == .upstream
        plan.mayLieInFile = plan.keepsSent
        return plan
    }

    /// For a request whose form says what it is: a browser's upload may be as large as any object.
    func plan(formOf head: RequestHead) -> BodyPlan {
        guard head.text("content-type")?.lowercased().hasPrefix("multipart/") == true else {
            return plan(head, limit: options.formLimit)
        }
        var plan = plan(head, limit: options.bodyLimit)
        plan.mayLieInFile = true
        return plan
    }

    /// For a call: what is one member's bytes goes to a file if it is large, and is hashed on its way there.
    func plan(_ call: Call) -> BodyPlan {
        var plan = plan(call.request.head, limit: options.bodyLimit)
        guard call.identified.hasBlobBody else { return plan }
        plan.mayLieInFile = true
        if call.identified.service.name == "s3", plan.length(call.request.head) > BodyDigests.shortest {
            plan.tap = BodyDigests(call.request.head)
        }
        return plan
    }
}

extension BodyPlan {
    /// How long the body will be; without an end where the head doesn't say.
    fileprivate func length(_ head: RequestHead) -> Int {
        decodedLength ?? head.text("content-length").flatMap { Int($0) }
            ?? (head.value("transfer-encoding") == nil ? 0 : .max)
    }
}

extension IdentifiedCall {
    /// Whether the body is one blob (an object, a function's payload).
    var hasBlobBody: Bool {
        // No other protocol has a payload, and a shape is not copied to learn that.
        guard dialect == .restXML || dialect == .restJSON else { return false }
        guard let shape = operation.input.map({ service[$0] }), let payload = shape.traits.payload,
            let member = shape.member(payload), case .blob = service[member.shape].kind
        else { return false }
        return true
    }
}

/// Hashes an object's body piece by piece as it comes, so that nobody has to read it again: a piece is never longer
/// than one read, and holds its loop up no more than that.
final class BodyDigests: BodyTap {
    /// Shorter bodies are hashed when somebody asks.
    static let shortest = 256 << 10

    private let sums: Mutex<[Checksum]>

    /// The digests that S3 will want of a body with this head.
    init(_ head: RequestHead) {
        sums = Mutex(Self.wanted(head).map { Checksum($0) })
    }

    private static func wanted(_ head: RequestHead) -> [ChecksumAlgorithm] {
        let told = [head.text("x-amz-sdk-checksum-algorithm"), head.text("x-amz-trailer")].compactMap {
            $0?.lowercased()
        }
        let named = ChecksumAlgorithm.allCases.filter { algorithm in
            let name = algorithm.rawValue.lowercased()
            return algorithm != .md5
                && (told.contains(name) || told.contains("x-amz-checksum-\(name)")
                    || !head.texts("x-amz-checksum-\(name)").isEmpty)
        }
        // S3 keeps a checksum of objects whose clients gave none, and makes the entity tag of MD5.
        var wanted = named.isEmpty ? [ChecksumAlgorithm.crc64nvme] : named
        wanted.append(.md5)
        // Where the payload is signed, its hash stands in the head.
        if head.value("x-amz-content-sha256")?.count == 64, !wanted.contains(.sha256) { wanted.append(.sha256) }
        return wanted
    }

    func take(_ bytes: UnsafeRawBufferPointer) {
        sums.withLock { sums in
            for index in sums.indices { sums[index].update(bytes) }
        }
    }

    func finish() -> [String: [UInt8]] {
        sums.withLock { sums in
            Dictionary(sums.map { ($0.algorithm.rawValue, $0.finish()) }, uniquingKeysWith: { first, _ in first })
        }
    }
}
