# shellcheck shell=bash disable=SC2154
# Podman's containers: machine.slice/libpod-ID.scope, and what its options make of that. To be sourced by run.sh.

image=localhost/busybox:local

# podman_run OCI-RUNTIME OPTION... COMMAND...: a container that ends by itself.
podman_run() {
    local oci_runtime=$1 id
    id=$(podman --runtime "$oci_runtime" create --network none "${@:2}")
    podman --runtime "$oci_runtime" start --attach "$id"
    podman_truth "$id"
    podman rm "$id"
}

podman_truth() {
    local oci_runtime started exit_code
    read -r oci_runtime started exit_code < <(podman inspect --format '{{.OCIRuntime}} {{.State.StartedAt.Unix}} {{.State.ExitCode}}' "$1")
    if ((started < 0)); then
        truth "$1" podman "$oci_runtime"
    else
        truth "$1" podman "$oci_runtime" "exitCode=$exit_code" "${@:2}"
    fi
}

podman_kill() {
    local oci_runtime=$1 id pid
    id=$(podman --runtime "$oci_runtime" run --detach --network none $image sleep 1000)
    pid=$(podman inspect --format '{{.State.Pid}}' "$id")
    podman exec "$id" true
    podman kill "$id"
    podman wait "$id"
    podman_truth "$id" "pid=$pid"
    podman rm "$id"
}

# As a unit that Quadlet makes: the container stays in the unit's own cgroup.
podman_in_unit() {
    systemd-run --quiet --wait --unit=quadlet podman run --cidfile "$work/podman_id" --cgroups=split --network none $image sh -c 'exit 4'
    podman_truth "$(<"$work/podman_id")"
    podman rm "$(<"$work/podman_id")"
}

for oci_runtime in crun runc; do
    podman_run $oci_runtime $image sh -c 'exit 3'
    podman_run $oci_runtime --pid host $image true
    podman_run $oci_runtime $image /no/such/program
    podman_kill $oci_runtime
done
podman_run crun --cgroups=disabled $image sh -c 'exit 5'
podman_in_unit
