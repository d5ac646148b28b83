#!/usr/bin/env bash
# Runs diffkeeper on other kernels and on another architecture, in virtual machines: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
kernels=$root/eng/kernels
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/kernel-matrix.sh [--kernel NAME] [--architecture amd64|arm64] [--keep] [--help]

Boots each kernel of eng/kernels/kernels.txt under QEMU, runs containers there with runc while diffkeeper traces them, compares
what it said with what was run, and prints a line a kernel:

  6.12 arm64 pass (6.12.117+deb12-cloud-arm64)
  5.4 amd64 refused as it should (5.4.0-26-generic): Tracing needs ...

Exits with 0 when every line is as it should be, and with 1 when one is not.

  --kernel         only the kernels of that name.
  --architecture   only those of that architecture.
  --keep           leaves the consoles and events in artifacts/kernels also where all was right.
  --help           prints this.

Needs Debian 12, root and the .NET 10 SDK; no KVM. The first run downloads some 300 MB. Environment:

  DIFFKEEPER_KERNELS_CACHE   where kernels and packages are kept, 300 MB; ~/.cache/diffkeeper-kernels by default. Remove it for newer ones.
  DEBIAN_MIRROR              where Debian's packages come from; by default from where the machine's own do.
  UBUNTU_MIRROR              where the kernel below the floor comes from, which Debian does not have any more; it is left out where this isn't set.
HELP
}

only_kernel='' only_architecture='' keep=0
while (($#)); do
    case $1 in
        --kernel) only_kernel=${2:?$(usage >&2)}; shift ;;
        --architecture) only_architecture=${2:?$(usage >&2)}; shift ;;
        --keep) keep=1 ;;
        --help) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

cache=${DIFFKEEPER_KERNELS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/diffkeeper-kernels}
artifacts=$root/artifacts/kernels

# Native AOT: emulated processors are slow at compiling. In folders of its own, so that no other build is disturbed.
publish() {
    local architecture=$1 options=()
    [[ $architecture != arm64 ]] || options=(-p:CppCompilerAndLinker=clang-19 -p:LinkerFlavor=lld -p:ObjCopyName=llvm-objcopy-19 "-p:SysRoot=$cache/system-arm64")
    timeout 400 dotnet publish "$root/samples/DiffKeeper.Cli" --runtime "linux-${architecture/amd64/x64}" --verbosity quiet --artifacts-path "$work/dotnet-$architecture" \
        -p:PublishAot=true "${options[@]}" --output "$work/publish-$architecture" >"$work/publish-$architecture.log" 2>&1 ||
        die "diffkeeper could not be published for $architecture: $(cat "$work/publish-$architecture.log")"
}

# What a machine's line says; fails when it is not what it should be.
verdict() {
    local name=$1 architecture=$2 expected=$3 console=$artifacts/$1-$2/console.log events=$artifacts/$1-$2/events.jsonl release refusal problems
    release=$(sed -n 's/^RELEASE //p' "$console")
    refusal=$(sed -n 's/^REFUSED diffkeeper: //p' "$console")
    if [[ $expected == refuse ]]; then
        [[ $refusal == "Tracing needs "* ]] || { echo "$name $architecture FAIL: it should have been refused: see $console"; return 1; }
        echo "$name $architecture refused as it should ($release): $refusal"
        return
    fi

    sed -n 's/^EVENT //p' "$console" >"$events"
    problems=$(jq --slurp --raw-output --from-file "$kernels/problems.jq" "$events") || problems="its events cannot be read"
    grep -q '^DONE rc=0$' "$console" || problems="${refusal:-the machine did not come to a good end}"
    [[ -z $problems ]] || { echo "$name $architecture FAIL ($release): ${problems//$'\n'/; }: see $console"; return 1; }
    echo "$name $architecture pass ($release)"
}

run_machine() {
    local name=$1 architecture=$2 expected=$3 results=$artifacts/$1-$2
    mkdir -p "$results"
    "$kernels/boot.sh" "$architecture" "$cache/kernels/$name-$architecture/vmlinuz" "$work/initrd-$architecture" >"$results/console.log" 2>&1 || true
    verdict "$name" "$architecture" "$expected" || return 1
    ((keep)) || rm -rf "$results"
}

require_linux
require_root
require_sdk
require_programs jq=jq cpio=cpio curl=curl qemu-system-x86_64=qemu-system-x86 qemu-system-aarch64=qemu-system-arm \
    clang-19=clang-19 ld.lld-19=lld-19 llvm-objcopy-19=llvm-19 gcc=gcc,libc6-dev
work=$(mktemp --directory --tmpdir diffkeeper-kernels-XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p "$cache" "$artifacts"
exec {lock}>"$cache/lock"
flock --timeout 900 "$lock" || die "another run has had $cache for a quarter of an hour: wait for it, or set DIFFKEEPER_KERNELS_CACHE."

mapfile -t machines < <(awk -v kernel="$only_kernel" -v architecture="$only_architecture" -v ubuntu="${UBUNTU_MIRROR:-}" \
    '!/^(#|$)/ && ($4 != "ubuntu" || ubuntu != "") && (kernel == "" || $1 == kernel) && (architecture == "" || $2 == architecture) { print $1, $2, $3 }' "$kernels/kernels.txt")
((${#machines[@]} > 0)) || die "eng/kernels/kernels.txt has no such kernel."
mapfile -t architectures < <(printf '%s\n' "${machines[@]}" | awk '{ print $2 }' | sort -u)

"$kernels/fetch.sh" "$cache" || die "the kernels could not be fetched: see above."
for architecture in "${architectures[@]}"; do
    publish "$architecture"
    "$kernels/image.sh" "$architecture" "$cache/system-$architecture" "$work/publish-$architecture" "$work/initrd-$architecture"
done

failed=0
for machine in "${machines[@]}"; do
    # A machine has one processor.
    while (($(jobs -rp | wc -l) >= $(nproc))); do
        wait -n || failed=1
    done
    # shellcheck disable=SC2086 # Its three words.
    run_machine $machine &
done
while [[ -n $(jobs -p) ]]; do
    wait -n || failed=1
done
exit "$failed"
