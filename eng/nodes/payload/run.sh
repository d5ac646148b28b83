#!/bin/bash
# In the node: traces it while real containers run. Leaves in results/ what diffkeeper said (events.jsonl, diffkeeper.log) and what the
# engines themselves said (truth.jsonl); comparing the two is the host's part.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit
results=$PWD/results
work=$(mktemp -d)
chmod 755 "$work"
# shellcheck source=eng/nodes/payload/truth.sh
source ./truth.sh

step() { echo "[$(cut -d' ' -f1 /proc/uptime)] $*"; }

# wait_until SECONDS COMMAND...: whether the command succeeds before the time is up.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

# The same busybox for every engine: no registry can be reached from here.
make_images() {
    local applet
    mkdir -p "$work/rootfs/bin"
    cp /usr/bin/busybox "$work/rootfs/bin/"
    for applet in sh sleep tail true; do
        ln -s busybox "$work/rootfs/bin/$applet"
    done
    tar --create --directory "$work/rootfs" . >"$work/rootfs.tar"
    {
        docker import "$work/rootfs.tar" busybox:local &&
            docker import --change 'CMD ["/bin/sleep", "1000000"]' "$work/rootfs.tar" pause:local &&
            docker save busybox:local | ctr images import - &&
            docker save busybox:local pause:local | ctr --namespace k8s.io images import - &&
            podman import --quiet "$work/rootfs.tar" localhost/busybox:local
    } >/dev/null
}

start_tracer() {
    ./diffkeeper --include-rootless --output json >"$results/events.jsonl" 2>"$results/diffkeeper.log" &
    tracer=$!
    wait_until 60 grep -q tracing "$results/diffkeeper.log" && return
    echo "diffkeeper does not trace here:"
    cat "$results/diffkeeper.log"
    return 1
}

# Every engine's at the same time, as on a busy node.
run_scenarios() {
    local scenario running=()
    for scenario in scenarios/*.sh; do
        # shellcheck disable=SC1090 # Whatever is there.
        (source "$scenario" && step "$scenario is through" >&3) >/dev/null 2>>"$results/engines.log" &
        running+=($!)
    done
    wait "${running[@]}"
}

stop_tracer() {
    # The stream is in order: once the last container's removal is there, nothing else is on its way.
    local exit_code=0
    docker run --rm --cidfile "$work/last" --network none --name last busybox:local true || exit_code=$?
    truth "$(<"$work/last")" dockerd runc "exitCode=$exit_code" 'containerName="last"'
    wait_until 30 grep -q "\"state\":\"delete\",\"containerId\":\"$(<"$work/last")\"" "$results/events.jsonl"
    kill -TERM $tracer
    wait $tracer
}

exec 3>&1
step "making images"
make_images || exit
step "starting diffkeeper"
start_tracer || exit
step "running containers"
run_scenarios
step "stopping diffkeeper"
stop_tracer
