# Compares what diffkeeper said of a node with what the engines know:
#   jq --slurp --slurpfile truth truth.jsonl --from-file compare.jq events.jsonl
# prints the number of containers' runs and a list of what is missing, doubled, out of order, wrong in a field, and extra.

def states_of_run:
    if has("exitCode") then ["create", "start", "stop", "delete"]
    elif .neverStarted then ["create", "delete"]
    else ["create", "createFailed"] end;

# Each with its place among those of the same state: a container that is restarted has two starts.
def numbered: . as $all | [range(length) as $i | $all[$i] + {nth: ([$all[:$i][] | select(.state == $all[$i].state)] | length)}];

def key: "\(.state) \(.nth)";

# What every event of this run must say: who the container is, as far as that is known.
def identity:
    {namespace: null, podName: null, podUid: null, sandbox: null}
    + with_entries(select(.key | IN("exitCode", "oomKilled", "pid", "neverStarted") | not));

# What an event of this run must say.
def expected($state; $start):
    (if $start then .pid // $start.pid else null end) as $pid
    | identity + {pid: $pid, exitCode: null, signal: null, oomKilled: null}
    + {
        create: {pid: null},
        start: {},
        stop: {exitCode, signal: (if has("exitCode") and .exitCode > 128 then .exitCode - 128 else null end), oomKilled},
        delete: {},
        createFailed: {}
    }[$state];

def wrong_fields($due; $said):
    ($said | map({key: key, value: .event}) | from_entries) as $events
    | $due[] | . as $item | $events[key] | select(.) as $event
    | $item.run | expected($item.state; $events["start \($item.nth)"]) | to_entries[] | select(.value != $event[.key])
    | {state: $event.state, field: .key, expected: .value, said: $event[.key]};

def compare($runs; $events):
    ([$runs[] | {run: .} + (states_of_run[] | {state: .})] | numbered) as $due
    | ([$events[] | {event: ., state}] | numbered) as $said
    | ($due | map(key)) as $due_keys
    | ($said | map(key)) as $said_keys
    | ($said | map(select(key | IN($due_keys[]) | not))) as $surplus
    | {
        missing: ($due_keys - $said_keys),
        doubled: ($surplus | map(select(.state | IN($due[].state)) | .event)),
        outOfOrder: (if ($due_keys - ($due_keys - $said_keys)) == ($said_keys - ($said_keys - $due_keys)) and ($events | map(.timestamp) | . == sort) then [] else [$said_keys] end),
        wrongField: [wrong_fields($due; $said)],
        extra: ($surplus | map(select(.state | IN($due[].state) | not) | .event))
    };

. as $events
| ($truth + $events | map(.containerId) | unique) as $ids
| [$ids[] as $id | def mine: map(select(.containerId == $id)); compare($truth | mine; $events | mine) | map_values(map({containerId: $id, found: .}))]
| {containers: ($truth | length)} + (
    ["missing", "doubled", "outOfOrder", "wrongField", "extra"] as $kinds
    | . as $all | [$kinds[] as $kind | {($kind): [$all[][$kind][]]}] | add)
