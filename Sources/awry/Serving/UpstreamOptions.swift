// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryServer
import AwryTransport

/// Another AWS emulator behind this server. Each option also comes from its variable: `--upstream` from
/// `AWRY_UPSTREAM`.
struct UpstreamOptions: ParsableArguments {
    @Option(help: "Pass on what no rule decides to the AWS emulator at this URL, such as http://localhost:5000.")
    var upstream: String?

    @Option(help: "Write what was passed on to recorded.yaml in this folder: a scenario that answers it without URL.")
    var record: String?

    /// Where to record; nil where that is not wanted.
    func recording() throws -> RecordingFolder? {
        guard let folder = record ?? Environment.text("AWRY_RECORD") else { return nil }
        guard (upstream ?? Environment.text("AWRY_UPSTREAM")) != nil else {
            throw Refusal("--record \(folder): only what is passed on is recorded; say where to, by --upstream URL")
        }
        return try RecordingFolder(folder)
    }

    /// The emulator's address; nil where there is none.
    func address() throws -> UpstreamAddress? {
        guard let url = upstream ?? Environment.text("AWRY_UPSTREAM") else { return nil }
        do throws(UpstreamAddress.Mistake) {
            return try UpstreamAddress(url)
        } catch {
            throw Refusal("--upstream \(error)")
        }
    }

    /// What answers what no rule decides, where the command line said so or not.
    func unscripted(_ said: PipelineOptions.Unscripted?) throws -> PipelineOptions.Unscripted {
        let url = upstream ?? Environment.text("AWRY_UPSTREAM")
        switch (said, url) {
        case (.upstream, nil): throw Refusal("--unscripted upstream: say which, by --upstream URL")
        case (.stub?, let url?), (.error?, let url?):
            throw Refusal("--unscripted \(said?.rawValue ?? ""): --upstream \(url) answers what no rule decides")
        case (_, .some): return .upstream
        case (let said, nil): return said ?? .stub
        }
    }
}
