# shellcheck shell=bash disable=SC2154
# Podman's containers: machine.slice/libpod-ID.scope, and what its options make of that. To be sourced by run.sh.

image=localhost/busybox:local

# podman_run OCI-RUNTIME OPTION... COMMAND...: a container that ends by itself.
podman_run() {
    local oci_runtime=$1 id
    id=$(podman --runtime "$oci_runtime" create --network none --label "made.for=$oci_runtime" "${@:2}")
    podman --runtime "$oci_runtime" start --attach "$id"
    podman_truth "$id"
    podman rm "$id"
}

podman_truth() {
    local name oci_runtime started exit_code labels fields
    read -r name oci_runtime started exit_code < <(podman inspect --format '{{.Name}} {{.OCIRuntime}} {{.State.StartedAt.Unix}} {{.State.ExitCode}}' "$1")
    labels=$(podman inspect "$1" | jq --compact-output '.[0].Config.Labels')
    fields=("containerName=\"$name\"" "image=\"$image\"" "labels=$labels")
    ((started < 0)) || fields+=("exitCode=$exit_code")
    truth "$1" podman "$oci_runtime" "${fields[@]}" "${@:2}"
}

podman_kill() {
    local oci_runtime=$1 id pid
    id=$(podman --runtime "$oci_runtime" run --detach --network none --label killed=yes $image sleep 1000)
    pid=$(podman inspect --format '{{.State.Pid}}' "$id")
    podman exec "$id" true
    podman kill "$id"
    podman wait "$id"
    podman_truth "$id" "pid=$pid"
    podman rm "$id"
}

podman_never_started() {
    local oci_runtime=$1 id
    id=$(podman --runtime "$oci_runtime" create --network none --label waits=yes $image true)
    podman init "$id"
    podman_truth "$id" neverStarted=true
    podman rm --force "$id"
}

# As a unit that Quadlet makes: the container stays in the unit's own cgroup.
podman_in_unit() {
    local oci_runtime=$1 id_file=$work/podman_$1
    systemd-run --quiet --wait --unit="quadlet-$oci_runtime" podman --runtime "$oci_runtime" run --cidfile "$id_file" --cgroups=split --network none --label split=yes $image sh -c 'exit 4'
    podman_truth "$(<"$id_file")"
    podman rm "$(<"$id_file")"
}

for oci_runtime in crun runc; do
    podman_run $oci_runtime $image sh -c 'exit 3'
    podman_run $oci_runtime --pid host $image true
    podman_run $oci_runtime $image /no/such/program
    podman_kill $oci_runtime
    podman_never_started $oci_runtime
    podman_in_unit $oci_runtime
done
podman_run crun --cgroups=disabled $image sh -c 'exit 5'
