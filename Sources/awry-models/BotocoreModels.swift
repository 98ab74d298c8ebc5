// SPDX-License-Identifier: Apache-2.0

import AwryCore
import Foundation

/// The service models in the folder of a botocore package, found and merged as `botocore.loaders.Loader` does.
struct BotocoreModels {
    let directory: URL

    init(directory: String) {
        self.directory = URL(fileURLWithPath: directory, isDirectory: true)
    }

    private var data: URL { directory.appendingPathComponent("data", isDirectory: true) }

    /// The folder of the botocore that python3 imports.
    static func installed() throws -> String {
        let python = Process()
        let pipe = Pipe()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3", "-c", "import botocore, os; print(os.path.dirname(botocore.__file__))"]
        python.standardOutput = pipe
        try python.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        python.waitUntilExit()
        let path = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard python.terminationStatus == 0, !path.isEmpty else {
            throw ModelMistake("python3 has no botocore: install it, or give its folder with --botocore")
        }
        return path
    }

    /// botocore's version, from the assignment in its `__init__.py`.
    func version() throws -> String {
        let file = directory.appendingPathComponent("__init__.py")
        let text = try String(contentsOf: file, encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix("__version__") {
            let parts = line.split(whereSeparator: { $0 == "'" || $0 == "\"" })
            if parts.count >= 2 { return String(parts[1]) }
        }
        throw ModelMistake("\(file.path): no __version__")
    }

    /// The services that have a model, in byte order.
    func serviceNames() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: data.path)
        return try names.filter { try newestVersion(of: $0) != nil }.sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
    }

    /// The newest API version of a service; versions are dates, so the greatest text is the newest.
    private func newestVersion(of service: String) throws -> String? {
        let folder = data.appendingPathComponent(service, isDirectory: true)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isDirectory), isDirectory.boolValue
        else {
            return nil
        }
        let versions = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return versions.filter { file("service-2", of: service, version: $0) != nil }.max()
    }

    private func file(_ name: String, of service: String, version: String) -> URL? {
        let folder = data.appendingPathComponent(service).appendingPathComponent(version)
        return ["\(name).json", "\(name).json.gz"].map { folder.appendingPathComponent($0) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// A service's model, its extras merged in.
    func model(of service: String) throws -> Fields {
        guard let version = try newestVersion(of: service),
            let file = file("service-2", of: service, version: version)
        else { throw ModelMistake("\(service): no service-2.json") }
        var model = try fields(file)
        if let extras = self.file("service-2.sdk-extras", of: service, version: version) {
            guard let merge = try fields(extras)["merge"]?.fields else { return model }
            model.merge(merge)
        }
        return model
    }

    private func fields(_ file: URL) throws -> Fields {
        var bytes = [UInt8](try Data(contentsOf: file))
        if file.pathExtension == "gz" { bytes = try Gzip.expand(bytes) }
        do {
            let value = try JSON.parse(bytes[...], limits: JSON.Limits(depth: 64, values: 50_000_000))
            guard let fields = value.fields else { throw ModelMistake("\(file.path): not a JSON object") }
            return fields
        } catch let mistake as JSON.Mistake {
            throw ModelMistake("\(file.path): byte \(mistake.offset): \(mistake.message)")
        }
    }
}

extension Fields {
    /// botocore's `deep_merge`: objects are merged member by member, anything else is replaced.
    mutating func merge(_ extra: Fields) {
        for (name, value) in extra {
            if case .structure(var mine)? = self[name], case .structure(let theirs) = value {
                mine.merge(theirs)
                self[name] = .structure(mine)
            } else {
                self[name] = value
            }
        }
    }
}
