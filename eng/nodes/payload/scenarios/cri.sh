# shellcheck shell=bash disable=SC2154
# A pod, as a kubelet has containerd make it: kubepods-….slice/cri-containerd-ID.scope. To be sourced by run.sh.

image=docker.io/library/busybox:local
pod=("shop" "checkout-0" "0f6e2f0c-0d8b-4b7e-9a53-5d1c7a1f3c11")

# cri_truth ID FIELD=JSON...
cri_truth() {
    truth "$1" containerd runc 'runtimeNamespace="k8s.io"' "namespace=\"${pod[0]}\"" "podName=\"${pod[1]}\"" "podUid=\"${pod[2]}\"" "${@:2}"
}

cri_create() { ./cri create "$sandbox" "${pod[@]}" "$1" $image "${@:2}"; }

cri_run() {
    local id exit_code
    id=$(cri_create "$1" "${@:2}")
    ./cri start "$id"
    wait_until 60 ./cri exit-code "$id"
    exit_code=$(./cri exit-code "$id")
    ./cri remove "$id"
    cri_truth "$id" "containerName=\"$1\"" "image=\"$image\"" "exitCode=$exit_code"
}

cri_stop() {
    local id pid exit_code
    id=$(cri_create "$1" /bin/sleep 1000)
    ./cri start "$id"
    pid=$(./cri pid "$id")
    ./cri exec "$id" /bin/true
    ./cri stop "$id"
    exit_code=$(./cri exit-code "$id")
    ./cri remove "$id"
    cri_truth "$id" "containerName=\"$1\"" "image=\"$image\"" "pid=$pid" "exitCode=$exit_code"
}

cri_bad_entrypoint() {
    local id
    id=$(cri_create "$1" /no/such/program)
    ./cri start "$id"
    ./cri remove "$id"
    cri_truth "$id" "containerName=\"$1\"" "image=\"$image\""
}

sandbox=$(./cri pod "${pod[@]}")
pid=$(./cri pod-pid "$sandbox")
cri_run job /bin/sh -c 'exit 3'
cri_stop web
cri_bad_entrypoint bad
# What nobody asks to end in its own way is killed.
./cri remove-pod "$sandbox"
cri_truth "$sandbox" sandbox=true "pid=$pid" exitCode=137
