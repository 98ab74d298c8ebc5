// SPDX-License-Identifier: Apache-2.0

import AwryScenario
import AwryServices

/// The journal keeps what policies said.
extension JudgedRight: LateDecision {}
