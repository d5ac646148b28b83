#!/usr/bin/env bash
# Shows diffkeeper at work on real containers: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/demo.sh [--help]

Builds diffkeeper, lets it trace, runs three real containers in a containerd of its own (one is killed, one exits with 3, one takes
more memory than it may), and shows what diffkeeper printed of them. Exits with 1, and names what is missing, when an event is.

Needs Linux 5.8 or later, root and the .NET 10 SDK. Installs containerd, runc and busybox-static with apt-get where they are
missing. Leaves nothing else behind.
HELP
}

case ${1:-} in
    '') ;;
    --help) usage; exit ;;
    *) usage >&2; exit 2 ;;
esac

image=localhost/diffkeeper-demo:latest
namespace=diffkeeper-demo-$$
killed=killed-$$
exits=exits-$$
oom=oom-$$
tracers=()
containerd=

ctr() { command ctr --address "$work/containerd.sock" --namespace "$namespace" "$@"; }

# end PID...: SIGTERM, and SIGKILL for what has not ended five seconds later.
end() {
    local pid
    for pid in "$@"; do
        kill -TERM "$pid" 2>/dev/null || continue
        wait_until 5 process_ended "$pid" || kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
}

# A child that has ended is a zombie until this shell waits for it.
process_ended() { ! grep -qs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status"; }

clean_up() {
    local container
    if [[ -n $containerd ]]; then
        for container in "$killed" "$exits" "$oom"; do
            ctr tasks rm --force "$container" >/dev/null 2>&1 || true
            ctr containers rm "$container" >/dev/null 2>&1 || true
        done
    fi
    end ${tracers[@]+"${tracers[@]}"} $containerd
    find /sys/fs/cgroup -depth -type d -name "$namespace" -exec rmdir {} + 2>/dev/null || true
    rm -rf "$work" "/run/containerd/runc/$namespace"
}

build_sample() {
    echo "Building diffkeeper"
    dotnet build "$root/samples/DiffKeeper.Cli" --configuration Release --verbosity quiet >"$work/build.log" 2>&1 ||
        die "diffkeeper could not be built: $(cat "$work/build.log")"
}

# start_tracer NAME OPTION...: prints to $work/NAME; returns once it traces.
start_tracer() {
    local name=$1
    shift
    dotnet "$root/samples/DiffKeeper.Cli/bin/Release/net10.0/diffkeeper.dll" "$@" >"$work/$name" 2>"$work/$name.log" &
    local pid=$!
    tracers+=("$pid")
    wait_until 30 tracer_answers "$name" "$pid" || true
    grep -q tracing "$work/$name.log" || die "diffkeeper does not trace here: $(cat "$work/$name.log")"
}

tracer_answers() { grep -qs tracing "$work/$1.log" || process_ended "$2"; }

start_containerd() {
    cat >"$work/containerd.toml" <<TOML
version = 2
root = "$work/root"
state = "$work/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "$work/containerd.sock"
[ttrpc]
address = "$work/containerd.sock.ttrpc"
TOML
    containerd --config "$work/containerd.toml" >"$work/containerd.log" 2>&1 &
    containerd=$!
    wait_until 30 ctr version >/dev/null 2>&1 || die "containerd did not start: $(tail -n 20 "$work/containerd.log")"
}

# One layer with a busybox, in the format of `docker save`: no registry needs to be reachable.
make_image() {
    local image_directory=$work/image applet architecture=amd64
    mkdir -p "$image_directory/layer"/{bin,dev,etc,proc,sys,tmp}
    cp "$(command -v busybox)" "$image_directory/layer/bin/busybox"
    for applet in sh sleep tail; do ln -s busybox "$image_directory/layer/bin/$applet"; done
    tar -C "$image_directory/layer" --owner 0 --group 0 -cf "$image_directory/layer.tar" .
    [[ $(uname -m) != aarch64 ]] || architecture=arm64
    cat >"$image_directory/config.json" <<JSON
{"architecture":"$architecture","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["sh"]},
 "rootfs":{"type":"layers","diff_ids":["sha256:$(sha256sum "$image_directory/layer.tar" | cut -d' ' -f1)"]}}
JSON
    echo "[{\"Config\":\"config.json\",\"RepoTags\":[\"$image\"],\"Layers\":[\"layer.tar\"]}]" >"$image_directory/manifest.json"
    tar -C "$image_directory" -cf "$work/image.tar" manifest.json config.json layer.tar
    ctr images import --snapshotter native "$work/image.tar" >/dev/null
}

run() { ctr run --snapshotter native "$@"; }

run_containers() {
    echo "Running three containers"
    run --detach --null-io "$image" "$killed" sleep 1000
    wait_until 10 told "$killed" start || true
    ctr tasks kill --signal 9 "$killed"
    wait_until 10 told "$killed" stop || true
    # containerd hears of the end after diffkeeper does.
    wait_until 10 ctr tasks rm "$killed" >/dev/null 2>&1 || true
    run --rm "$image" "$exits" sh -c 'exit 3' || true
    run --rm --memory-limit $((16 << 20)) "$image" "$oom" tail /dev/zero || true
}

# told CONTAINER STATE [MEMBER...]: whether a line of the JSON says that, with these members.
told() {
    local lines member
    lines=$(grep -F "\"containerId\":\"$1\"" "$work/events.json" | grep -F "\"state\":\"$2\"") || return 1
    shift 2
    for member in "$@"; do
        grep -qF "$member" <<<"$lines" || return 1
    done
}

# expect CONTAINER STATE [MEMBER...]: counts what has not been told ten seconds after the containers ended.
expect() {
    wait_until 10 told "$@" && return
    echo "Missing: $*" >&2
    untold=$((untold + 1))
}

require_linux
require_root
require_sdk
work=$(mktemp --directory --tmpdir diffkeeper-demo-XXXXXX)
trap clean_up EXIT
trap 'exit 130' INT TERM
require_programs containerd=containerd ctr=containerd runc=runc busybox=busybox-static
build_sample
start_containerd
make_image
start_tracer events.json --output json
start_tracer table
run_containers

untold=0
for container in "$killed" "$exits" "$oom"; do
    expect "$container" create
    expect "$container" start '"pid":'
    expect "$container" delete
done
expect "$killed" stop '"exitCode":137' '"signal":9'
expect "$exits" stop '"exitCode":3'
expect "$oom" stop '"exitCode":137' '"oomKilled":true'

end "${tracers[@]}"
cat "$work/table"
((untold == 0)) || die "$untold of 12 events are missing: see above."
echo "All 12 events were told: a create, a start, a stop and a delete of each container."
