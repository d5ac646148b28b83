#!/usr/bin/env bash
# Measures every figure that is promised, beside what people would use instead: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/ratios.sh [--only NAME] [--list] [--update] [--help]

Installs and builds what the library is compared with, measures, and prints a line a figure: its name, its value, its bound, and
holds, falls-short or unavailable. Ratios are medians of pairs that take turns, on one machine in one run, so that they mean the same on
another. Exits with 0 when every figure holds, and with 1 when one falls short. Takes about a quarter of an hour; what
else the machine does meanwhile can be seen in the figures.

  --only NAME   measures one figure.
  --list        prints the names.
  --update      puts the table into docs/performance.md, too; it always stands in artifacts/ratios.md.
  --help        prints this.

Needs Debian or one of its derivatives, root, Linux 5.8 or later and the .NET 10 SDK. The containers run in engines of the script's own,
in temporary directories. The comparison with cilium/ebpf is left out where Debian's packages of Go and of it are missing.
HELP
}

only=() list=0 update=0
while (($# > 0)); do
    case $1 in
        --only) [[ -n ${2:-} ]] || die "--only needs a figure's name: --list prints them."; only=(--only "$2"); shift ;;
        --list) list=1 ;;
        --update) update=1 ;;
        --help) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
((update == 0 || ${#only[@]} == 0)) || die "--update writes the whole table, and --only measures one figure: choose one of them."

peers=$root/artifacts/peers
table=$root/artifacts/ratios.md
ratios=$root/bench/DiffKeeper.Lifecycle.Ratios/bin/Release/net10.0/ratios

build() {
    dotnet build "$root/bench/DiffKeeper.Lifecycle.Ratios" --configuration Release --verbosity quiet
    make --no-print-directory --silent -C "$root/bench/peers" OUT="$peers" all
    dotnet publish "$root/samples/DiffKeeper.Cli" --configuration Release --runtime linux-x64 -p:PublishAot=true --output "$peers/diffkeeper" --verbosity quiet
    rm -f "$peers/cilium"
    if require_packages golang-go golang-github-cilium-ebpf-dev; then
        make --no-print-directory --silent -C "$root/bench/peers" OUT="$peers" cilium || true
    fi
}

# The table stands between two marks, and the text around it is written by hand.
update_document() {
    local document=$root/docs/performance.md
    sed -i -e '/<!-- ratios -->/,/<!-- \/ratios -->/{//!d}' -e "/<!-- ratios -->/r $table" "$document"
}

require_linux
require_root
require_sdk
require_programs cc=gcc make=make clang-19=clang-19 execsnoop=libbpf-tools containerd=containerd ctr=containerd runc=runc \
    dockerd=docker.io docker=docker.io,docker-cli busybox=busybox-static unshare=util-linux setsid=util-linux umount=mount iptables=iptables >&2
require_packages libc6-dev libbpf-dev zlib1g-dev || die "apt-get could not install libbpf-dev and zlib1g-dev: see above."

mkdir -p "$peers"
build >"$root/artifacts/ratios-build.log" 2>&1 || die "the build failed: $(tail -n 30 "$root/artifacts/ratios-build.log")"

export DIFFKEEPER_PEERS=$peers
if ((list)); then
    exec "$ratios" --list
fi
failed=0
"$ratios" --table "$table" ${only[@]+"${only[@]}"} || failed=$?
((update == 0)) || update_document
exit "$failed"
