// SPDX-License-Identifier: Apache-2.0

import AwryControl
import AwryHTTP
import AwryServer
import AwryTransport

extension Program {
    /// Everything that is counted, for `GET /_awry/metrics`.
    var metrics: String {
        var text = PrometheusText()
        let counts = sandboxes.metrics.snapshot
        text.begin("awry_requests_total", "counter", "Requests of AWS's operations that were answered.")
        for (key, count) in counts.answers {
            let labels = [
                ("service", key.service), ("operation", key.operation), ("status", String(key.status)),
                ("rule", key.rule),
            ]
            text.value("awry_requests_total", labels, String(count))
        }
        text.histogram(
            "awry_request_duration_seconds", "From a request's arrival to the last byte of its answer.",
            bounds: Metrics.bounds, counts: counts.buckets, sum: Double(counts.nanoseconds) / 1_000_000_000)
        text.single("awry_sandboxes", "gauge", "Sandboxes that live.", sandboxes.all.count)
        guard let transport = listeners?.counters else { return text.text }
        text.single("awry_connections_total", "counter", "Connections accepted.", transport.accepted)
        text.single("awry_connections", "gauge", "Connections open now.", transport.open)
        text.single("awry_received_bytes_total", "counter", "Bytes read from connections.", transport.bytesIn)
        text.single("awry_sent_bytes_total", "counter", "Bytes written to connections.", transport.bytesOut)
        text.begin("awry_refused_requests_total", "counter", "Requests that HTTP's rules forbid to be served.")
        for (reason, count) in transport.refused.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            text.value("awry_refused_requests_total", [("reason", reason.rawValue)], String(count))
        }
        return text.text
    }
}
