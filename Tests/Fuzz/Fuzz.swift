// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Runs a parser on mutated inputs: `awry-fuzz TARGET [--seconds N] [--seed S] [--corpus FOLDER] [--crashes FOLDER]`,
/// or `awry-fuzz TARGET --replay FILE…` on inputs as they are.
///
/// The inputs run in a child process. When it crashes, hangs, or finds that something does not hold, the input is in a
/// file, and the exit status is 1. The same seed and corpus give the same inputs.
@main
struct Fuzz {
    static let targets: [any FuzzTarget.Type] = [
        HTTPTarget.self, ResponseTarget.self, ChunkedTarget.self, AWSChunkedTarget.self, FormTarget.self,
        JSONTarget.self, ScenarioTarget.self, XMLTarget.self, URITarget.self, EventStreamTarget.self,
        CBORTarget.self,
        SelectTarget.self, MultipartTarget.self, PolicyTarget.self,
    ]

    /// So long may one input take.
    static let patience = 10

    static func main() {
        guard let options = Options(CommandLine.arguments) else {
            print(
                "usage: awry-fuzz TARGET [--seconds N] [--seed S] [--corpus FOLDER] [--crashes FOLDER] [--replay FILE…]"
            )
            print("targets: \(targets.map { $0.name }.joined(separator: ", "))")
            exit(2)
        }
        if !options.replayed.isEmpty { exit(replay(options)) }
        if let path = options.worker { exit(work(options, path)) }
        exit(watch(options))
    }

    private static func replay(_ options: Options) -> Int32 {
        for path in options.replayed {
            guard let bytes = Files.read(path) else {
                print("\(path): cannot be read")
                return 2
            }
            do throws(Violation) {
                print("\(path): \(bytes.count) bytes, kind \(String(try options.target.run(bytes), radix: 16))")
            } catch {
                print("\(path): \(error.text)")
                return 1
            }
        }
        return 0
    }

    /// The child: runs the corpus as it is, then changed inputs until the time is up.
    private static func work(_ options: Options, _ path: String) -> Int32 {
        guard let trace = Trace(path: path) else { return 2 }
        var corpus = Files.list(options.corpus).compactMap(Files.read)
        var mutator = Mutator(seed: options.seed, dictionary: options.target.dictionary)
        var kinds: Set<UInt64> = []
        let end = time(nil) + options.seconds
        do throws(Violation) {
            for input in corpus {
                trace.begin(input, kinds: kinds.count)
                kinds.insert(try options.target.run(input))
            }
            var number = 0
            while number & 0xFF != 0 || time(nil) < end {
                number += 1
                let input = mutator.input(from: corpus)
                trace.begin(input, kinds: kinds.count)
                let isNew = kinds.insert(try options.target.run(input)).inserted
                if isNew, corpus.count < 20_000 { corpus.append(input) }
            }
            return 0
        } catch {
            print("does not hold: \(error.text)")
            return 1
        }
    }

    /// The parent: starts the child, sees that it gets on, and keeps the input that it ended on.
    private static func watch(_ options: Options) -> Int32 {
        let path = "\(options.crashes)/awry-fuzz-\(options.target.name)-\(getpid()).trace"
        guard let trace = Trace(path: path), let child = spawn(CommandLine.arguments + ["--worker", path]) else {
            print("cannot start: \(path) is not writable, or no process can be made")
            return 2
        }
        defer { unlink(path) }
        var status: Int32 = 0
        var last: (executions: UInt64, at: Int) = (0, time(nil))
        while waitpid(child, &status, WNOHANG) == 0 {
            usleep(50_000)
            if trace.executions != last.executions { last = (trace.executions, time(nil)) }
            if time(nil) - last.at > patience {
                print("one input takes longer than \(patience) seconds")
                kill(child, SIGKILL)
                waitpid(child, &status, 0)
                break
            }
        }
        print("\(options.target.name): \(trace.executions) executions, \(trace.kinds) kinds, seed \(options.seed)")
        guard status != 0 else { return 0 }
        let kept = "\(options.crashes)/crash-\(options.target.name)-\(options.seed)-\(trace.executions)"
        let signal = status & 0x7F
        print(signal == 0 ? "the child ended with status \(status >> 8)" : "the child was ended by signal \(signal)")
        print(Files.write(trace.input, to: kept) ? "the input is in \(kept)" : "cannot write \(kept)")
        return 1
    }

    private static func spawn(_ arguments: [String]) -> pid_t? {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        var child: pid_t = 0
        return posix_spawn(&child, "/proc/self/exe", nil, nil, pointers, environ) == 0 ? child : nil
    }
}
