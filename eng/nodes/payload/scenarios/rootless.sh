# shellcheck shell=bash disable=SC2154
# An ordinary user's Podman: user.slice/…/libpod-ID.scope/container. To be sourced by run.sh.

image=localhost/busybox:local

worker() { setpriv --reuid worker --regid worker --init-groups env USER=worker HOME=/home/worker XDG_RUNTIME_DIR=/run/user/1000 DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus "$@"; }

# rootless_run OCI-RUNTIME COMMAND...: a container that ends by itself.
rootless_run() {
    local id name started exit_code fields
    id=$(worker podman --runtime "$1" create --network none --label made.for=worker $image "${@:2}")
    worker podman --runtime "$1" start --attach "$id"
    read -r name started exit_code < <(worker podman inspect --format '{{.Name}} {{.State.StartedAt.Unix}} {{.State.ExitCode}}' "$id")
    fields=("containerName=\"$name\"" "image=\"$image\"" 'labels={"made.for":"worker"}')
    ((started < 0)) || fields+=("exitCode=$exit_code")
    truth "$id" podman "$1" "${fields[@]}"
    worker podman rm "$id"
}

wait_until 60 test -S /run/user/1000/bus
cd / || exit
worker podman import --quiet - $image <"$work/rootfs.tar"
rootless_run crun sh -c 'exit 3'
rootless_run crun /no/such/program
rootless_run runc sh -c 'exit 6'
