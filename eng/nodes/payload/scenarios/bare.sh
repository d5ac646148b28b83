# shellcheck shell=bash disable=SC2154
# runc and crun without an engine: runc's cgroup is a sibling of the caller's, crun's is /ID. To be sourced by run.sh.

# bare_bundle OCI-RUNTIME ID COMMAND...: makes $bundle, in which a shell does that.
bare_bundle() {
    bundle=$work/bundles/$2
    mkdir -p "$bundle"
    (cd "$bundle" && "$1" spec)
    # shellcheck disable=SC2016 # jq's variables.
    jq --arg rootfs "$work/rootfs" --arg command "${*:3}" '
        .root.path = $rootfs | .process.terminal = false | .process.args = ["sh", "-c", $command]' "$bundle/config.json" >"$bundle/edited.json"
    mv "$bundle/edited.json" "$bundle/config.json"
}

# bare_run "OCI-RUNTIME OPTION..." ID COMMAND...: a container that ends by itself.
bare_run() {
    local runtime exit_code=0 bundle
    read -ra runtime <<<"$1"
    bare_bundle "${runtime[0]}" "${@:2}"
    "${runtime[@]}" run --bundle "$bundle" "$2" </dev/null || exit_code=$?
    truth "$2" "${runtime[0]}" "${runtime[0]}" "exitCode=$exit_code" "bundle=\"$bundle\""
}

# Created, started and killed by an invocation each, and never waited for: only the signal is known.
bare_steps() {
    local oci_runtime=$1 id=$1-steps pid bundle
    bare_bundle "$oci_runtime" "$id" "exec sleep 1000"
    $oci_runtime create --bundle "$bundle" "$id" </dev/null
    $oci_runtime start "$id"
    pid=$($oci_runtime state "$id" | jq .pid)
    $oci_runtime exec "$id" true
    $oci_runtime kill "$id" KILL
    wait_until 10 process_ended "$pid"
    $oci_runtime delete "$id"
    truth "$id" "$oci_runtime" "$oci_runtime" "pid=$pid" exitCode=137 "bundle=\"$bundle\""
}

process_ended() { ! [[ -e /proc/$1 ]]; }

bare_never_started() {
    local oci_runtime=$1 id=$1-unstarted bundle
    bare_bundle "$oci_runtime" "$id" true
    $oci_runtime create --bundle "$bundle" "$id" </dev/null
    $oci_runtime delete --force "$id"
    truth "$id" "$oci_runtime" "$oci_runtime" neverStarted=true "bundle=\"$bundle\""
}

for oci_runtime in runc crun; do
    bare_run $oci_runtime $oci_runtime-exit exit 6
    bare_run "$oci_runtime --systemd-cgroup" $oci_runtime-systemd exit 2
    bare_steps $oci_runtime
    bare_never_started $oci_runtime
done
