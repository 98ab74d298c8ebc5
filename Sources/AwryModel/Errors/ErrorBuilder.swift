// SPDX-License-Identifier: Apache-2.0

import AwryCore

/// Joins what the model, the service's table and the protocol say of one error.
struct ErrorBuilder {
    let service: Service
    /// Nil where an error is described for the service as a whole.
    let operation: Operation?
    let table: ErrorTable

    init(_ service: Service, _ operation: Operation?) {
        self.service = service
        self.operation = operation
        self.table = ErrorTable.of(service)
    }

    /// An error that the service models.
    func modelled(_ shape: Shape, _ origin: KnownError.Origin) -> KnownError {
        let row = table.row(shape.name)
        let traits = shape.error ?? ErrorTraits()
        let modelledCode = speaksCodes ? traits.code ?? shape.name : shape.name
        let code = row.map { $0.shape == shape.name && $0.code != $0.shape ? $0.code : modelledCode } ?? modelledCode
        let status = row?.status ?? traits.status
        let fault = traits.fault == .server || status >= 500 ? Fault.server : .client
        let messages = messages(row, shape.name, fault)
        var fields = MemberDefaults(
            service: service, operation: operation, code: code, message: messages.last ?? ""
        ).fields(of: shape)
        for field in usable(row?.fields ?? [:]) { fields[field.name] = field.value }
        return KnownError(
            code: code, shape: shape.name, namespace: row?.namespace ?? table.namespace, status: status, fault: fault,
            retry: RetryRules.retry(
                code: code, status: status, service: service.name,
                modelled: origin == .operation ? traits.retry : .unsaid),
            messages: messages, fields: fields,
            memberNames: names(shape.members.map(\.name), fields, row?.fields ?? [:], row?.extras ?? []),
            headers: row?.headers ?? [], origin: origin, shapeRef: shape)
    }

    /// An error that no model names.
    func unmodelled(_ row: ErrorRow, _ origin: KnownError.Origin) -> KnownError {
        let status = row.status ?? 400
        let fields = usable(row.fields)
        let fault: Fault = status >= 500 ? .server : .client
        return KnownError(
            code: row.code, shape: row.shape, namespace: row.namespace, status: status, fault: fault,
            retry: RetryRules.retry(code: row.code, status: status, service: service.name),
            messages: messages(row, row.shape, fault), fields: fields,
            memberNames: names([], fields, row.fields, row.extras), headers: row.headers, origin: origin,
            shapeRef: nil)
    }

    /// Whether clients of the service see codes that may differ from the shapes' names.
    private var speaksCodes: Bool {
        ErrorDialect(service).speaksCodes || service.metadata.isQueryCompatible
    }

    /// Every name once: the model's members first, then those known beside them.
    private func names(_ members: [String], _ defaults: Fields, _ known: Fields, _ extras: [String]) -> [String] {
        var all = members.filter { !MemberDefaults.isMessage($0) }
        for name in Array(defaults.names) + Array(known.names) + extras where !all.contains(name) { all.append(name) }
        return all
    }

    /// Those texts whose parameters the operation has; there is always one that has none.
    private func messages(_ row: ErrorRow?, _ shape: String, _ fault: Fault) -> [String] {
        var messages: [String] = []
        for text in row?.messages ?? [] where isUsable(text) { messages.append(filled(text)) }
        if let last = messages.last, TemplateReferences.parameters(in: last).isEmpty { return messages }
        let usual = ErrorFamily.of(shape).map { filled($0.message) }
        return messages + [usual ?? UsualMessages.message(for: shape, fault: fault)]
    }

    private func usable(_ fields: Fields) -> Fields {
        var kept = Fields()
        for field in fields {
            guard case .string(let text) = field.value else {
                kept[field.name] = field.value
                continue
            }
            if isUsable(text) { kept[field.name] = .string(filled(text)) }
        }
        return kept
    }

    private func isUsable(_ text: String) -> Bool {
        guard let operation else { return true }
        return TemplateReferences.parameters(in: text).allSatisfy { operation.takes($0, in: service) }
    }

    /// A text with what is known of the operation.
    private func filled(_ text: String) -> String {
        guard text.contains("%") else { return text }
        let action = "\(service.metadata.signingName):\(operation?.name ?? "*")"
        let isObject = operation?.takes("Key", in: service) ?? true
        let writes = ["PutObject", "CompleteMultipartUpload"].contains(operation?.name ?? "")
        let copies = operation?.name == "CopyObject"
        let known: [(name: String, value: String)] = [
            ("%ACTION%", action), ("%METHOD%", operation?.traits.method ?? "GET"),
            (
                "%RESOURCETYPE%",
                isObject ? "OBJECT" : operation?.takes("Bucket", in: service) == true ? "BUCKET" : "SERVICE"
            ),
            ("%CONDITION%", writes ? "If-None-Match" : copies ? "x-amz-copy-source-If-Match" : "If-Match"),
        ]
        var text = text
        for (name, value) in known { text = text.replacing(name, with: value) }
        return text
    }
}
