# shellcheck shell=bash
# To be sourced: truth.jsonl has a line for each time that a container was to run, in the order in which they did.

# truth ID RUNTIME OCI-RUNTIME [FIELD=JSON...]: the fields are those of the events. Without an exitCode it has never run;
# one above 128 is a signal's, so the scenarios' own exit codes are all below.
truth() {
    # shellcheck disable=SC2016 # jq's variables.
    jq --null-input --compact-output '
        $ARGS.positional as [$id, $runtime, $ociRuntime]
        | {containerId: $id, runtime: $runtime, ociRuntime: $ociRuntime}
            + ([$ARGS.positional[3:][] | split("=") | {(.[0]): (.[1] | fromjson)}] | add // {})' --args "$@" >>"${results:?}/truth.jsonl"
}
