#!/usr/bin/env bash
# Runs diffkeeper on nodes as they are in the field, in virtual machines: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
nodes=$root/eng/nodes
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

# So many containers do the payload's scenarios run, a restarted one counted twice: fewer results are no success.
expected_containers=48

usage() {
    cat <<'HELP'
Usage: eng/node-matrix.sh [--machine trixie|sid|all] [--keep] [--help]

Boots Debian nodes under QEMU (systemd, pure cgroup v2, Docker, containerd, Podman, runc, crun), runs real containers there while
diffkeeper traces them, compares what it said with what the engines know, and prints a line a machine:

  trixie: 48 containers, missing 0, doubled 0, out of order 0, wrong field 0, extra 0

Exits with 0 when all five are 0, and with 1 when one is not or a machine could not be run.

  --machine   which; all is the default. trixie is required; sid, which moves, is only reported on unless it is asked for.
  --keep      leaves the results in artifacts/nodes also where all was right.
  --help      prints this.

Needs Debian 12, root and the .NET 10 SDK; neither KVM nor anything installed. The first run downloads some 500 MB and builds the
images. Environment:

  DIFFKEEPER_NODES_CACHE   where QEMU and the images are kept, 1.5 GB; ~/.cache/diffkeeper-nodes by default. Remove it for new ones.
  DEBIAN_MIRROR            where Debian's packages come from; by default from where the machine's own do.
HELP
}

machines=(trixie sid)
keep=0
while (($#)); do
    case $1 in
        --machine)
            case ${2:-} in
                trixie | sid) machines=("$2") ;;
                all) machines=(trixie sid) ;;
                *) usage >&2; exit 2 ;;
            esac
            shift
            ;;
        --keep) keep=1 ;;
        --help) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

cache=${DIFFKEEPER_NODES_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/diffkeeper-nodes}
artifacts=$root/artifacts/nodes

publish_payload() {
    cp -r "$nodes/payload" "$work/payload"
    local project
    # Native AOT: the nodes have no .NET, and emulated processors are slow at compiling.
    for project in "$root/samples/DiffKeeper.Cli" "$nodes/cri"; do
        timeout 300 dotnet publish "$project" --runtime linux-x64 --verbosity quiet -p:PublishAot=true --output "$work/publish" >"$work/publish.log" 2>&1 ||
            die "$(basename "$project") could not be published: $(cat "$work/publish.log")"
    done
    cp "$work/publish/diffkeeper" "$work/publish/cri" "$work/publish/libdiffkeeper_bpf.so" "$work/payload/"
}

# The recipe is in the image's name: a changed recipe makes a new image.
image_of() {
    local recipe
    recipe=$(cd "$nodes" && find image.sh initrd guest -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
    echo "$cache/$1-${recipe:0:12}"
}

build_image() {
    local image
    image=$(image_of "$1")
    [[ -e $image ]] && return
    echo "Building the image of $1"
    rm -rf "$cache/$1"-*
    "$nodes/image.sh" "$1" "$cache/tools" "$image" >"$work/image.log" 2>&1 || { tail -n 20 "$work/image.log" >&2; return 1; }
}

run_machine() {
    local machine=$1 results=$artifacts/$1
    build_image "$machine" || { echo "$machine: the image could not be built: see above."; return 1; }
    echo "Running $machine ($(paste -sd, "$(image_of "$machine")/versions.txt" | sed 's/,/, /g'))"
    "$nodes/boot.sh" "$cache/tools" "$(image_of "$machine")" "$work/payload" "$results" || { echo "$machine: did not run: see above."; return 1; }
    jq --slurp --slurpfile truth "$results/truth.jsonl" --from-file "$nodes/compare.jq" "$results/events.jsonl" >"$results/comparison.json" ||
        { echo "$machine: its results cannot be read: see $results."; return 1; }

    jq --raw-output --arg machine "$machine" '
        "\($machine): \(.containers) containers, missing \(.missing | length), doubled \(.doubled | length), out of order \(.outOfOrder | length),"
        + " wrong field \(.wrongField | length), extra \(.extra | length)"' "$results/comparison.json"
    jq --exit-status --argjson containers "$expected_containers" '.containers == $containers and all(.[] | arrays; . == [])' "$results/comparison.json" >/dev/null ||
        { echo "$machine: expected were $expected_containers containers and nothing else: see $results/comparison.json."; return 1; }
    ((keep)) || rm -rf "$results"
}

require_linux
require_root
require_sdk
work=$(mktemp --directory --tmpdir diffkeeper-nodes-XXXXXX)
trap 'rm -rf "$work"' EXIT
require_programs jq=jq zstd=zstd xz=xz-utils cpio=cpio mke2fs=e2fsprogs perl=perl objcopy=binutils gcc=gcc,libc6-dev
mkdir -p "$cache" "$artifacts"
exec {lock}>"$cache/lock"
flock --timeout 900 "$lock" || die "another run has had the images of $cache for a quarter of an hour: wait for it, or set DIFFKEEPER_NODES_CACHE."

"$nodes/tools.sh" "$cache/tools" >"$work/tools.log" 2>&1 || die "QEMU could not be extracted: $(cat "$work/tools.log")"
publish_payload
failed=0
for machine in "${machines[@]}"; do
    run_machine "$machine" && continue
    if [[ $machine == sid && ${#machines[@]} != 1 ]]; then
        echo "sid: only reported; it does not count."
    else
        failed=1
    fi
done
exit "$failed"
