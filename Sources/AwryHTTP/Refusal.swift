// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Why a request was refused before any responder saw it whole. Each ends the connection: after a framing mistake
/// nobody knows where the next request begins.
public enum Refusal: String, Error, Sendable, Hashable, CaseIterable {
    /// A line feed without a carriage return before it (RFC 9112 2.2 lets a recipient accept it; two readers that
    /// differ there are how requests are smuggled).
    case bareLineFeed
    /// A carriage return that no line feed follows (RFC 9112 2.2).
    case bareCarriageReturn
    /// The request line is not `method SP target SP version` (RFC 9112 3).
    case badRequestLine
    /// The method is not a token (RFC 9110 9.1).
    case badMethod
    /// The method is longer than any known one (RFC 9112 3).
    case unknownMethod
    /// The target is none of the forms of RFC 9112 3.2, or has control characters in it.
    case badTarget
    /// The request line is too long (RFC 9112 3).
    case targetTooLong
    /// The version is not `HTTP/` digit `.` digit (RFC 9112 2.3).
    case badVersion
    /// The version's major number is not 1 (RFC 9110 15.6.6).
    case unsupportedVersion
    /// A header line is continued on the next (RFC 9112 5.2), or white space stands before the first one (RFC 9112
    /// 2.2).
    case foldedHeader
    /// White space between a header's name and its colon (RFC 9112 5.1).
    case spaceBeforeColon
    /// A header line without a colon, or whose name is not a token (RFC 9112 5).
    case badHeaderName
    /// A control character in a header's value (RFC 9110 5.5).
    case badHeaderValue
    /// The head has more bytes than the limit (RFC 6585 5).
    case headTooLarge
    /// The head has more fields than the limit (RFC 6585 5).
    case tooManyHeaders
    /// HTTP/1.1 without `Host` (RFC 9112 3.2).
    case missingHost
    /// More than one `Host`, or one that is not a host (RFC 9112 3.2).
    case badHost
    /// `Content-Length` is not a number (RFC 9112 6.3, 5).
    case badContentLength
    /// Two values of `Content-Length` that differ (RFC 9112 6.3, 5).
    case conflictingContentLength
    /// Both `Content-Length` and `Transfer-Encoding` (RFC 9112 6.1).
    case lengthAndCoding
    /// `Transfer-Encoding` whose last coding is not `chunked`, or has it twice (RFC 9112 6.3, 4).
    case badTransferEncoding
    /// `Transfer-Encoding` in an HTTP/1.0 message (RFC 9112 6.1).
    case codingInOldVersion
    /// A transfer coding other than `chunked` (RFC 9112 6.1).
    case unknownTransferEncoding
    /// An expectation other than `100-continue` (RFC 9110 10.1.1).
    case unknownExpectation
    /// A chunk's size is not a hexadecimal number (RFC 9112 7.1).
    case badChunkSize
    /// A chunk's size line is too long or holds control characters (RFC 9112 7.1.1).
    case badChunkExtension
    /// A chunk's data does not end where its size says (RFC 9112 7.1).
    case badChunkEnd
    /// The trailer section is too large or has too many fields (RFC 9112 7.1.2).
    case trailersTooLarge
    /// The body is larger than what is read (RFC 9110 15.5.14).
    case bodyTooLarge
    /// There is no room for the body in the temporary folder (RFC 4918 11.5).
    case noRoom
    /// The head did not arrive in time (RFC 9110 15.5.9).
    case headTimeout
    /// The body stopped arriving (RFC 9110 15.5.9).
    case bodyTimeout

    /// The status that goes back.
    public var status: Int {
        switch self {
        case .headTimeout, .bodyTimeout: 408
        case .bodyTooLarge: 413
        case .noRoom: 507
        case .targetTooLong: 414
        case .unknownExpectation: 417
        case .headTooLarge, .tooManyHeaders, .trailersTooLarge: 431
        case .unknownMethod, .unknownTransferEncoding: 501
        case .unsupportedVersion: 505
        default: 400
        }
    }

    /// What is wrong, for people.
    public var message: String {
        switch self {
        case .bareLineFeed: "a line ends in LF alone; lines end in CR LF"
        case .bareCarriageReturn: "a CR stands where no LF follows"
        case .badRequestLine: "the first line is not 'METHOD target HTTP/1.1'"
        case .badMethod: "the method has a character that is not allowed in one; is the client speaking TLS?"
        case .unknownMethod: "no such method is known"
        case .badTarget: "the request target is neither a path nor an absolute URL, or has control characters in it"
        case .targetTooLong: "the request line is too long"
        case .badVersion: "the version is not of the form HTTP/1.1"
        case .unsupportedVersion: "only HTTP/1.1 and HTTP/1.0 are spoken here"
        case .foldedHeader: "a header line begins with white space"
        case .spaceBeforeColon: "white space stands between a header's name and its colon"
        case .badHeaderName: "a header line lacks its colon, or its name has a character that is not allowed in one"
        case .badHeaderValue: "a header's value has a control character in it"
        case .headTooLarge: "the request's head is too large"
        case .tooManyHeaders: "the request has too many headers"
        case .missingHost: "the Host header is missing"
        case .badHost: "there is more than one Host header, or its value is not a host"
        case .badContentLength: "Content-Length is not a number"
        case .conflictingContentLength: "there are two different values of Content-Length"
        case .lengthAndCoding: "there is both a Content-Length and a Transfer-Encoding"
        case .badTransferEncoding: "the last transfer coding is not chunked, or chunked is there twice"
        case .codingInOldVersion: "HTTP/1.0 has no Transfer-Encoding"
        case .unknownTransferEncoding: "no transfer coding but chunked is known"
        case .unknownExpectation: "no expectation but 100-continue is known"
        case .badChunkSize: "a chunk's size is not a hexadecimal number"
        case .badChunkExtension: "a chunk's first line is too long, or has a control character in it"
        case .badChunkEnd: "a chunk does not end where its size says"
        case .trailersTooLarge: "the trailers are too large or too many"
        case .bodyTooLarge: "the request's body is larger than is accepted here"
        case .noRoom: "there is no room for the request's body in the temporary folder"
        case .headTimeout: "the request's head did not arrive in time"
        case .bodyTimeout: "the request's body stopped arriving"
        }
    }

    /// The answer to it: a short text, and the connection closes.
    public var reply: Reply {
        Reply(
            .message(
                Reply.Message(
                    status: status, headers: [Header("Content-Type", "text/plain; charset=utf-8")],
                    body: Array("\(status) \(rawValue): \(message)\n".utf8))),
            closes: true)
    }
}
