#!/usr/bin/env bash
# Runs every test: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/test.sh [--no-build] [--help]

Installs what the tests need (containerd, Docker, Podman, runc, crun, busybox, bpftool, Chromium, Prometheus and more), builds, runs every test, and ends with the line
"N passed, N failed, N skipped". Exits with 0 when none failed. The tests use engines of their own in temporary directories;
the machine's are not touched.

  --no-build   tests what was built last with `dotnet build --configuration Release`.
  --help       prints this.

Needs Linux, root and the .NET 10 SDK. Environment:

  DIFFKEEPER_TEST_REQUIRE_KERNEL   1, the default, fails the tests that cannot run here; 0 skips them, and then neither root
                                   nor a container engine is needed.
  DIFFKEEPER_TEST_IMAGE            an image of eng/image.sh to test; without it one is made, which takes a minute.
  DIFFKEEPER_TEST_RACE_SECONDS     how long the kernel and the ring's reader race for a lost wakeup, 5 by default.
HELP
}

build=1
case ${1:-} in
    '') ;;
    --no-build) build=0 ;;
    --help) usage; exit ;;
    *) usage >&2; exit 2 ;;
esac

export DIFFKEEPER_TEST_REQUIRE_KERNEL=${DIFFKEEPER_TEST_REQUIRE_KERNEL:-1}
results=$root/artifacts/test-results

outcomes() { cat "$results"/*.trx 2>/dev/null | grep '<UnitTestResult ' | grep -c "outcome=\"$1\"" || true; }

require_linux
require_sdk
if [[ $DIFFKEEPER_TEST_REQUIRE_KERNEL == 1 ]]; then
    require_root
    require_programs containerd=containerd ctr=containerd runc=runc crun=crun dockerd=docker.io docker=docker.io,docker-cli podman=podman conmon=conmon \
        busybox=busybox-static bpftool=bpftool,linux-tools-generic setpriv=util-linux unshare=util-linux setsid=util-linux script=bsdutils stty=coreutils tmux=tmux umount=mount iptables=iptables gdb=gdb prometheus=prometheus promtool=prometheus \
        chromium=chromium chromedriver=chromium-driver nsenter=util-linux jq=jq gcc=gcc,libc6-dev go=golang-go /usr/lib/cni/ptp=containernetworking-plugins
    # What the chart is rendered with.
    require_packages golang-github-masterminds-sprig-dev golang-gopkg-yaml.v3-dev || die "apt-get could not install Go's sprig and yaml: see above."
    # Not every distribution has it; the test that needs it is inconclusive without.
    [[ -z $(apt-cache show kubernetes-client 2>/dev/null) ]] || require_programs kubectl=kubernetes-client
fi

cd "$root"
if ((build)); then
    dotnet build --configuration Release --verbosity quiet || die "the build failed: see above."
fi

rm -rf "$results"
failed=0
for project in tests/*/*Tests.csproj; do
    name=$(basename "$project" .csproj)
    dotnet test "$project" --no-build --configuration Release --blame-hang-timeout 5m --blame-hang-dump-type none \
        --results-directory "$results" --logger "trx;LogFileName=$name.trx" || failed=1
done

passed=$(outcomes Passed)
((passed > 0)) || failed=1
echo "$passed passed, $(outcomes Failed) failed, $(outcomes NotExecuted) skipped"
exit "$failed"
