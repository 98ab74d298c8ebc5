// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Every AWS service that botocore knows, read from bytes that are part of the program: nothing is parsed before it is asked for.
public struct Catalogue: Sendable {
    /// The catalogue that is built into the program.
    public static let shared = Catalogue()

    init() {}

    /// The version of botocore from which it was made: `1.43.11`.
    public var botocoreVersion: String { "" }

    /// The names of all services, in byte order.
    public var serviceNames: [String] { [] }

    /// The service of this name (botocore's); decoded at the first call, kept from then on.
    public func service(_ name: String) -> Service? { nil }

    /// The services whose `X-Amz-Target` prefix this is: usually one, several where AWS reused it.
    public func services(targetPrefix: some Sequence<UInt8>) -> [String] { [] }

    /// The services whose signing name this is, in byte order: `s3` gives s3, s3control, …
    public func services(signingName: String) -> [String] { [] }

    /// The services whose endpoint prefix this is, in byte order.
    public func services(endpointPrefix: String) -> [String] { [] }
}
