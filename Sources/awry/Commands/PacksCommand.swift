// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AwryCore
import AwryModel
import AwryScenario

/// `awry packs`: the ready scenarios.
struct PacksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packs",
        abstract: "List the ready scenarios that `awry serve pack:NAME` serves.")

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try refusing {
            guard let folder = Packs.folder else { throw Refusal("no packs here; name their folder in AWRY_PACKS") }
            let packs = try Packs.names(in: folder).map { (name: $0, description: try Self.description(of: $0)) }
            if json {
                let list = packs.map { pack -> Value in
                    ["pack": .string(pack.name), "description": .string(pack.description)]
                }
                Terminal.out(JSON.text(["folder": .string(folder), "packs": .list(list)], pretty: true) + "\n")
            } else {
                Terminal.out(Columns.text(["PACK", "WHAT HAPPENS"], packs.map { [$0.name, $0.description] }))
            }
        }
    }

    private static func description(of name: String) throws -> String {
        do {
            let loader = ScenarioLoader(catalogue: .shared, isFaked: Fakes.knows)
            return try loader.load(named: [Packs.prefix + name]).scenarios.first?.description ?? ""
        } catch {
            Terminal.err(ScenarioCheck.render(error.diagnostics))
            throw Status.refused
        }
    }
}
