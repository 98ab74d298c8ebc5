// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Operations that S3 has given up, or that nobody can reach by themselves.
extension S3 {
    /// S3 serves no torrents since April 2022.
    static var getObjectTorrent: Handler? {
        { (state, call) throws(WireError) in
            _ = try state.index(of: call)
            throw call.refusal("MethodNotAllowed", ["Method": "GET", "ResourceType": "TORRENT"])
        }
    }

    /// A function of S3 Object Lambda answers with this. Tokens come with an invocation, and nothing here invokes one.
    static var writeGetObjectResponse: Handler? {
        { (_, call) throws(WireError) in
            throw call.refusal("InvalidToken", ["Token-0": .string(call.members.text("RequestToken"))])
        }
    }
}
