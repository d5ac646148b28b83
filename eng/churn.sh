#!/usr/bin/env bash
# Holds what is told of hundreds of containers against what their engines say: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/churn.sh [--seed N] [--containers N] [--parallel N] [--no-build] [--help]

Runs containers in a random mix over Docker, containerd (ctr and Kubernetes pods), Podman with runc and crun, and runc and crun alone:
lives from a millisecond up, exit codes, signals, OOM kills, entrypoints that can't be executed, execs, restarts, pods of up to three
containers. Compares what the library tells of them with what the engines say, prints every difference, and ends with the line
"churn seed N: N containers, missing N, doubled N, out of order N, wrong field N, extra N". Exits with 0 when each of these figures is 0.

  --seed N         the mix: the same seed makes the same; a random one by default.
  --containers N   how many containers at least, 300 by default; pods' sandboxes are not counted.
  --parallel N     how many containers or pods at a time, 8 by default.
  --no-build       takes what was built last with `dotnet build --configuration Release`.
  --help           prints this.

Needs Linux, root and the .NET 10 SDK. The engines are the script's own, in temporary directories; the machine's are not touched.
HELP
}

number() { [[ ${1:-} =~ ^[0-9]{1,9}$ ]] || die "a number is needed here, and '${1:-}' is none: --help lists the options."; }

seed=$RANDOM containers=300 parallel=8 build=1
while (($# > 0)); do
    case $1 in
        --seed) number "${2:-}"; seed=$2; shift ;;
        --containers) number "${2:-}"; containers=$2; shift ;;
        --parallel) number "${2:-}"; parallel=$2; shift ;;
        --no-build) build=0 ;;
        --help) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done
((containers > 0 && parallel > 0)) || die "there has to be at least one container at a time."

require_linux
require_root
require_sdk
require_programs containerd=containerd ctr=containerd runc=runc crun=crun dockerd=docker.io docker=docker.io,docker-cli podman=podman \
    conmon=conmon busybox=busybox-static umount=mount iptables=iptables

project=$root/tests/DiffKeeper.Lifecycle.KernelTests
work=$(mktemp --directory --tmpdir diffkeeper-churn-XXXXXX)
trap 'rm -rf "$work"' EXIT
if ((build)); then
    dotnet build "$project" --configuration Release --verbosity quiet || die "the build failed: see above."
fi

export DIFFKEEPER_TEST_REQUIRE_KERNEL=1 DIFFKEEPER_CHURN_REPORT=$work/report
export DIFFKEEPER_CHURN_SEED=$seed DIFFKEEPER_CHURN_CONTAINERS=$containers DIFFKEEPER_CHURN_PARALLEL=$parallel
failed=0
dotnet test "$project" --no-build --configuration Release --filter FullyQualifiedName~.ChurnTests. >"$work/test.log" 2>&1 || failed=1

# Without a report it was not the library that failed.
[[ -s $work/report ]] || die "the churn with seed $seed itself failed: $(cat "$work/test.log")"
cat "$work/report"
exit "$failed"
