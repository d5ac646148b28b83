# shellcheck shell=bash disable=SC2154
# containerd's containers, run by ctr: /default/ID, and with systemd's cgroups the scope that was asked for. To be sourced by run.sh.

image=docker.io/library/busybox:local

# ctr_run ID OCI-RUNTIME OPTION... -- COMMAND...: a container that ends by itself.
ctr_run() {
    local id=$1 oci_runtime=$2 options=() exit_code=0
    shift 2
    while [[ $1 != -- ]]; do
        options+=("$1")
        shift
    done
    ctr run --rm --runc-binary "/usr/bin/$oci_runtime" "${options[@]}" $image "$id" "${@:2}" || exit_code=$?
    truth "$id" containerd "$oci_runtime" "exitCode=$exit_code"
}

ctr_kill() {
    local id=ctr-killed running pid exit_code=0
    ctr run --rm $image $id sleep 1000 </dev/null &
    running=$!
    wait_until 30 ctr_runs $id
    pid=$(ctr tasks list | awk -v id=$id '$1 == id { print $2 }')
    ctr tasks exec --exec-id probe $id true
    ctr tasks kill --signal 9 $id
    wait $running || exit_code=$?
    truth $id containerd runc "pid=$pid" "exitCode=$exit_code"
}

ctr_runs() { ctr tasks list | grep -q "^$1 .*RUNNING"; }

ctr_bad_entrypoint() {
    ctr run $image ctr-bad /no/such/program
    ctr containers delete ctr-bad
    truth ctr-bad containerd runc
}

ctr_run ctr-runc runc -- sh -c 'exit 5'
ctr_run ctr-crun crun -- sh -c 'exit 6'
ctr_run ctr-systemd runc --runc-systemd-cgroup --cgroup system.slice:node:ctr-systemd -- sh -c 'exit 7'
ctr_run ctr-crun-systemd crun --runc-systemd-cgroup --cgroup system.slice:node:ctr-crun-systemd -- true
ctr_kill
ctr_bad_entrypoint
