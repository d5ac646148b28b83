# shellcheck shell=bash disable=SC2154
# Docker's containers: system.slice/docker-ID.scope. To be sourced by run.sh.

# docker_run OPTION... IMAGE COMMAND...: a container that ends by itself.
docker_run() {
    local id
    id=$(docker create --network none --label made.for=docker "$@")
    docker start --attach "$id"
    docker_truth "$id"
    docker rm "$id"
}

docker_truth() {
    local name oci_runtime started exit_code fields
    read -r name oci_runtime started exit_code < <(docker inspect --format '{{.Name}} {{.HostConfig.Runtime}} {{.State.StartedAt}} {{.State.ExitCode}}' "$1")
    fields=("containerName=\"${name#/}\"" 'image="busybox:local"' 'runtimeNamespace="moby"' 'labels={"made.for":"docker"}')
    [[ $started == 0001-01-01* ]] || fields+=("exitCode=$exit_code")
    truth "$1" dockerd "$oci_runtime" "${fields[@]}" "${@:2}"
}

# docker_end ID COMMAND...: ends a running container, and says what became of it. Docker remembers what happened to one that is gone.
docker_end() {
    local pid exit_code
    pid=$(docker inspect --format '{{.State.Pid}}' "$1")
    "${@:2}"
    exit_code=$(docker events --since 1h --until "$(date +%s.%N)" --filter "container=$1" --filter event=die --format '{{.Actor.Attributes.exitCode}}' | tail -n 1)
    truth "$1" dockerd runc "pid=$pid" "exitCode=$exit_code"
}

docker_run_and_remove() {
    local exit_code=0
    docker run --rm --cidfile "$work/docker_id" --network none busybox:local sh -c 'exit 9' || exit_code=$?
    truth "$(<"$work/docker_id")" dockerd runc "exitCode=$exit_code"
}

docker_out_of_memory() {
    local id
    id=$(docker create --network none --label made.for=docker --memory 48m busybox:local tail /dev/zero)
    docker start --attach "$id"
    docker_truth "$id" oomKilled=true
    docker rm "$id"
}

docker_kill() {
    local id
    id=$(docker run --detach --network none busybox:local sleep 1000)
    docker_end "$id" docker kill "$id"
    docker rm "$id"
}

docker_restart() {
    local id
    id=$(docker run --detach --network none busybox:local sleep 1000)
    docker_end "$id" docker restart --time 0 "$id"
    docker exec "$id" true
    docker_end "$id" docker rm --force "$id"
}

docker_run busybox:local true
docker_run busybox:local sh -c 'exit 7'
docker_run --runtime crun busybox:local sh -c 'exit 8'
docker_run --pid host busybox:local sh -c 'exit 3'
docker_run --privileged busybox:local true
docker_run --cgroup-parent custom.slice busybox:local true
docker_run busybox:local /no/such/program
docker_run --runtime crun busybox:local /no/such/program
docker_run_and_remove
docker_out_of_memory
docker_kill
docker_restart
