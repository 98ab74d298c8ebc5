// SPDX-License-Identifier: Apache-2.0

import AwryCore
import AwryModel

extension ScenarioDecoder {
    /// Looks an error up for every operation that can be met: none knows it is a mistake, some don't a warning.
    func checkError(_ spec: inout ErrorSpec, _ reach: Reach, _ location: SourceLocation) -> (Shape, Service)? {
        guard !reach.targets.isEmpty, let code = spec.code else { return nil }
        var shape: (Shape, Service)?
        for target in reach.targets {
            if let found = target.service.error(code) { shape = shape ?? (found, target.service) }
        }
        return shape
    }
}
