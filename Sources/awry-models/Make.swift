// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// Makes the catalogue from an installed botocore.
struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the catalogue of AWS's services from the service models of an installed botocore.",
        discussion: "The same botocore gives the same bytes. Commit the file that it writes.")

    @Option(help: "The folder of the botocore package; by default the one that python3 imports.")
    var botocore: String?

    @Option(help: "The file to write.")
    var output: String

    func run() throws {
        let models = try BotocoreModels(directory: botocore ?? BotocoreModels.installed())
        var services: [ServiceModel] = []
        var unknown = UnknownKeys()
        for name in try models.serviceNames() {
            let model = try models.model(of: name)
            unknown.look(at: model)
            do {
                services.append(try ServiceModel(name: name, model: model))
            } catch let mistake as ModelMistake {
                throw ModelMistake("\(name): \(mistake.message)")
            }
        }
        let bytes = try CatalogueWriter.catalogue(of: services, botocoreVersion: models.version())
        try Data(bytes).write(to: URL(fileURLWithPath: output))
        unknown.report()
        let operations = services.reduce(0) { $0 + $1.operationCount }
        print("\(output): \(services.count) services, \(operations) operations, \(bytes.count) bytes")
    }
}
