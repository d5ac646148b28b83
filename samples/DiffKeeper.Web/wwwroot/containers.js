// Shows the containers that the stream tells of. Names come from whoever starts containers: they are only ever set as text.

const keptAfterDeletion = 20;
const table = document.getElementById("containers");
const rows = new Map();

const columns = [
  describe,
  e => e.containerName ?? e.containerId.slice(0, 12),
  e => e.image ?? "",
  e => e.podName ? `${e.namespace}/${e.podName}` : "",
  e => e.runtime,
  e => e.pid ?? "",
  e => new Date(e.timestamp).toLocaleTimeString(),
];

function describe(e) {
  switch (e.state) {
    case "create": return "created";
    case "start": return "running";
    case "createFailed": return "failed";
    default: return e.oomKilled ? "out of memory" : e.signal ? `signal ${e.signal}` : `exit ${e.exitCode}`;
  }
}

// Two engines may give two containers one ID.
function keyOf(e) {
  return [e.runtime, e.runtimeNamespace, e.containerId].join("/");
}

function addRow(key) {
  const row = document.createElement("tr");
  row.append(...columns.map(() => document.createElement("td")));
  rows.set(key, row);
  table.prepend(row);
  return row;
}

function show(e) {
  const row = rows.get(keyOf(e)) ?? addRow(keyOf(e));
  if (e.state === "delete") {
    // How it ended stays to be read.
    row.dataset.gone = "";
    rows.delete(keyOf(e));
    forgetOldest();
  } else {
    row.dataset.container = e.containerId;
    row.dataset.state = e.state;
    row.title = e.containerId;
    columns.forEach((column, i) => row.cells[i].textContent = column(e));
  }
  document.getElementById("count").textContent = table.querySelectorAll("[data-state=start]:not([data-gone])").length;
}

function forgetOldest() {
  [...table.querySelectorAll("[data-gone]")].slice(keptAfterDeletion).forEach(row => row.remove());
}

function startOver() {
  rows.clear();
  table.replaceChildren();
  document.getElementById("count").textContent = 0;
}

function tell(connection) {
  document.getElementById("connection").textContent = connection;
  document.body.dataset.connection = connection;
}

// Every stream begins with the containers that are there: what was shown before a connection broke is not true any more.
const events = new EventSource("events");
events.addEventListener("beginning", () => { startOver(); tell("live"); });
events.addEventListener("error", () => tell("connecting"));
events.addEventListener("message", message => show(JSON.parse(message.data)));
