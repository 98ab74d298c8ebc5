// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryScenario
import Glibc

/// The ready scenarios that come with the program, by name: `pack:s3-slowdown-storm`.
///
/// They are files, so that people can read and copy them. They lie in the folder that `AWRY_PACKS` names, else in
/// `share/awry/packs` beside the program's own folder, else in the checkout that the program was built in.
enum Packs {
    /// What begins the name of a pack.
    static let prefix = "pack:"

    /// These paths with the files of packs in the place of their names. A pack that is not there is a mistake.
    static func resolve(_ paths: [String]) throws(LoadFailure) -> [String] {
        var resolved: [String] = []
        var mistakes: [Diagnostic] = []
        for path in paths {
            guard path.hasPrefix(prefix) else {
                resolved.append(path)
                continue
            }
            let name = String(path.dropFirst(prefix.count))
            if let folder, names(in: folder).contains(name) {
                resolved.append("\(folder)/\(name).yaml")
            } else {
                let place = SourceLocation(file: path, line: 1, column: 1)
                mistakes.append(Diagnostic(.mistake, place, refusal(of: name)))
            }
        }
        guard mistakes.isEmpty else { throw LoadFailure(mistakes) }
        return resolved
    }

    /// Where the packs are; nil where there are none.
    static var folder: String? {
        if let named = Environment.text("AWRY_PACKS") { return named }
        return candidates(for: executable).first { access($0, R_OK | X_OK) == 0 }
    }

    /// The packs' names, in order.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(ending), !name.hasPrefix(".") { names.append(String(name.dropLast(ending.count))) }
        }
        return names.sorted()
    }

    /// `PREFIX/share/awry/packs` for `PREFIX/bin/awry`, and `Fixtures/packs` in every folder above.
    static func candidates(for executable: String) -> [String] {
        var above: [String] = []
        var rest = executable[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            above.append(String(rest))
        }
        let shared = above.dropFirst().prefix(1).map { $0 + "/share/awry/packs" }
        return shared + above.map { $0 + "/Fixtures/packs" }
    }

    private static let ending = ".yaml"

    private static func refusal(of name: String) -> String {
        guard let folder else { return "no packs here; name their folder in AWRY_PACKS" }
        let known = names(in: folder)
        let question = Nearest.question(for: name, among: known)
        let all = "; there are \(known.joined(separator: ", "))"
        return "no such pack in \(folder)" + (question.isEmpty ? all : question)
    }

    /// The program's own path, links followed; empty where the system does not tell.
    private static var executable: String {
        String(unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer in
            buffer.withMemoryRebound(to: CChar.self) { path in
                guard let start = path.baseAddress else { return 0 }
                return max(0, readlink("/proc/self/exe", start, path.count))
            }
        }
    }
}

extension ScenarioLoader {
    /// Loads scenario files, folders of them, and packs by name.
    func load(named paths: [String]) throws(LoadFailure) -> Loaded {
        try load(paths: Packs.resolve(paths))
    }
}
