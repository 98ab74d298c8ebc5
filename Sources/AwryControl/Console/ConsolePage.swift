// SPDX-License-Identifier: Apache-2.0

/// The console: one page without anything from elsewhere, that shows a sandbox by asking this interface.
///
/// Whatever it shows goes into the document as text, never as markup, and the page runs no script but its own: that is
/// what its nonce is for (W3C, Content Security Policy Level 3).
enum ConsolePage {
    /// The page; no other script than that with this nonce runs in it.
    static func html(nonce: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Awry</title>
        <style nonce="\(nonce)">
        \(style)
        </style>
        </head>
        <body>
        \(body)
        <script nonce="\(nonce)">
        \(script)
        </script>
        </body>
        </html>

        """
    }

    /// What a browser may load for it: nothing, but its own style and script, and what they ask of this server.
    static func policy(nonce: String) -> String {
        "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }

    private static let style = """
        :root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
        body { margin: 0 auto; max-width: 76rem; padding: 0 1rem 2rem; }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .75rem 0; }
        h1 { font-size: 1.2rem; margin: 0; }
        h2 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .15rem .75rem .15rem 0; vertical-align: top; overflow-wrap: anywhere; }
        th { font-weight: 600; border-bottom: 1px solid #8886; }
        td.number, th.number { text-align: right; }
        pre { overflow-x: auto; margin: 0; }
        code, pre, td { font-family: ui-monospace, monospace; }
        .bad { color: #c22; } .good { color: #291; } .quiet { opacity: .6; }
        .grow { flex: 1; }
        """

    private static let body = """
        <header>
        <h1>Awry</h1>
        <label>sandbox <select id="sandbox"></select></label>
        <span id="clock"></span>
        <button id="freeze" type="button">stop the clock</button>
        <button id="advance" type="button">+ 1 minute</button>
        <span id="link" class="grow quiet">connecting</span>
        <button id="reset" type="button">reset</button>
        </header>
        <main>
        <h2>Scenarios</h2>
        <table>
        <thead><tr><th>scenario</th><th>state</th><th>file</th></tr></thead><tbody id="scenarios"></tbody>
        </table>
        <h2>Rules</h2>
        <table>
        <thead><tr><th>rule</th><th>match</th><th class="number">hits</th><th class="number">left</th></tr></thead>
        <tbody id="rules"></tbody>
        </table>
        <h2>Calls</h2>
        <table>
        <thead><tr><th>time</th><th>operation</th><th>answer</th><th>rule</th><th class="number">attempt</th>
        <th class="number">ms</th></tr></thead>
        <tbody id="calls"></tbody>
        </table>
        <h2>Calls over time</h2>
        <pre id="retried"></pre>
        <h2>Messages to people</h2>
        <table><thead><tr><th>time</th><th>to</th><th>text</th></tr></thead><tbody id="messages"></tbody></table>
        </main>
        """
}
