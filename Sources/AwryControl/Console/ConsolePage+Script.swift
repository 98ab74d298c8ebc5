// SPDX-License-Identifier: Apache-2.0

extension ConsolePage {
    /// `ask(METHOD, PATH)` with a call of this interface written out is how everything is asked: a test reads them.
    static let script = #"""
        "use strict";
        const most = 500;
        const part = name => document.getElementById(name);
        let sandbox = "default", events = null, due = null;

        async function ask(method, path, body) {
          const where = path + (path.includes("?") ? "&" : "?") + "sandbox=" + encodeURIComponent(sandbox);
          const answer = await fetch("/_awry/" + where, { method, body: body && JSON.stringify(body) });
          const text = await answer.text();
          if (!answer.ok) throw new Error(text);
          return answer.headers.get("Content-Type") === "application/json" ? JSON.parse(text) : text;
        }

        function row(cells) {
          const line = document.createElement("tr");
          for (const cell of cells) {
            const { text, kind } = typeof cell === "object" && cell !== null ? cell : { text: cell };
            const field = document.createElement("td");
            field.textContent = text ?? "";
            if (kind) field.className = kind;
            line.append(field);
          }
          return line;
        }

        const number = text => ({ text, kind: "number" });

        function call(entry) {
          const bad = entry.delivered !== "whole" || entry.status >= 400 || entry.error;
          const answer = [entry.status, entry.error, entry.delivered === "whole" ? "" : "connection lost"];
          const name = entry.operation ? entry.service + "." + entry.operation : entry.method + " " + entry.path;
          const text = answer.filter(Boolean).join(" ");
          return row([entry.time.slice(11, 23), name, { text, kind: bad ? "bad" : "good" },
            entry.decidedBy ?? entry.rules[0], number(entry.attempt), number(entry.milliseconds)]);
        }

        function addCall(entry) {
          const list = part("calls");
          list.prepend(call(entry));
          while (list.childElementCount > most) list.lastElementChild.remove();
        }

        function fill(name, rows) {
          part(name).replaceChildren(...rows);
        }

        async function showClock() {
          const clock = await ask("GET", "clock");
          part("clock").textContent = clock.now + (clock.frozen ? " (stopped)" : "");
          part("freeze").textContent = clock.frozen ? "let the clock run" : "stop the clock";
          part("freeze").dataset.change = clock.frozen ? "run" : "freeze";
        }

        async function showRules() {
          const { rules } = await ask("GET", "rules");
          fill("rules", rules.map(rule => row([rule.id, rule.match, number(rule.hits), number(rule.left)])));
        }

        async function showScenarios() {
          const { scenarios } = await ask("GET", "scenarios");
          const rows = scenarios.map(async one => {
            const { state } = await ask("GET", `scenarios/${encodeURIComponent(one.scenario)}/state`);
            return row([one.scenario, state, one.file]);
          });
          fill("scenarios", await Promise.all(rows));
        }

        async function showMessages() {
          const { messages } = await ask("GET", "messages");
          fill("messages", messages.map(one => row([one.time.slice(11, 19), one.to, one.text])));
        }

        async function showCalls() {
          const { requests } = await ask("GET", "requests");
          const ended = requests.filter(entry => entry.delivered !== null);
          fill("calls", ended.slice(-most).reverse().map(call));
        }

        async function showRetried() {
          part("retried").textContent = await ask("GET", "calls?format=text");
        }

        async function showSandboxes() {
          const { sandboxes } = await ask("GET", "sandboxes");
          const names = [...new Set([...sandboxes.map(one => one.sandbox), sandbox])].sort();
          part("sandbox").replaceChildren(...names.map(name => {
            const option = document.createElement("option");
            option.textContent = option.value = name;
            option.selected = name === sandbox;
            return option;
          }));
        }

        const shown = [showClock, showRules, showScenarios, showMessages, showRetried];

        function failed(error) {
          part("link").textContent = String(error.message ?? error);
        }

        // Many calls may come at once: what is derived from them is asked for twice a second at most.
        function refresh() {
          due ??= setTimeout(() => {
            due = null;
            Promise.all(shown.map(show => show())).catch(failed);
          }, 500);
        }

        function listen() {
          events?.close();
          events = new EventSource("/_awry/events?sandbox=" + encodeURIComponent(sandbox));
          events.onopen = () => {
            part("link").textContent = "live";
            Promise.all([...shown, showSandboxes, showCalls].map(show => show())).catch(failed);
          };
          events.onerror = () => { part("link").textContent = "not connected"; };
          events.addEventListener("request", event => { addCall(JSON.parse(event.data)); refresh(); });
          for (const kind of ["reset", "dropped"]) {
            events.addEventListener(kind, () => { showCalls().catch(failed); refresh(); });
          }
          for (const kind of ["scenario", "rules", "state", "clock"]) events.addEventListener(kind, refresh);
          events.addEventListener("sandbox", () => showSandboxes().catch(failed));
        }

        part("reset").onclick = () => ask("POST", "reset", {}).catch(failed);
        part("freeze").onclick = () => ask("POST", "clock", { [part("freeze").dataset.change]: true }).catch(failed);
        part("advance").onclick = () => ask("POST", "clock", { advance: "1m" }).catch(failed);
        part("sandbox").onchange = () => { sandbox = part("sandbox").value; listen(); };
        part("sandbox").onfocus = () => showSandboxes().catch(failed);
        listen();
        """#
}
