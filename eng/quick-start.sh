#!/usr/bin/env bash
# Does what the README says, in an empty folder: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/quick-start.sh [--help]

Packs the library, takes the commands and the ten lines out of the README's "Use it", and follows them in an empty folder that knows of
the packed packages and nothing else: dotnet new, dotnet add package, the lines pasted, dotnet run, beside a `docker run`. Prints what the
program printed, and exits with 1 where events of the container are missing.

Needs Debian or one of its derivatives, root and the .NET 10 SDK. Docker runs with directories and a socket of its own, and is installed
where it is missing.
HELP
}

case ${1:-} in
    '') ;;
    --help) usage; exit ;;
    *) usage >&2; exit 2 ;;
esac

# Higher than any that was published, so that `dotnet add package` takes this one; and another one each time, since what NuGet has
# unpacked once it never looks at again.
version=999.0.$$
global_packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')
cgroup=diffkeeper-quick-start-$$
dockerd='' program=''

docker() { command docker --host "unix://$work/docker.sock" "$@"; }

# shellcheck disable=SC2317 # By the trap.
clean_up() {
    # `dotnet run` and its program are a session of their own.
    [[ -z $program ]] || kill -TERM -- "-$program" 2>/dev/null || true
    [[ -z $dockerd ]] || kill -TERM "$dockerd" 2>/dev/null || true
    wait
    find /sys/fs/cgroup -depth -type d -path "*/$cgroup*" -exec rmdir {} + 2>/dev/null || true
    rm -rf "$work" "${global_packages:?}"/diffkeeper.lifecycle{,.native}/"$version"
}

# section LANGUAGE: the first block of that language below "Use it".
section() {
    # shellcheck disable=SC2016 # Markdown's backticks.
    sed -n '/^## Use it$/,/^## /p' "$root/README.md" | awk -v begin='```'"$1" '$0 == begin { inside = 1; next } inside && /^```$/ { exit } inside'
}

make_program() {
    cat >"$work/nuget.config" <<CONFIG
<configuration>
  <packageSources>
    <add key="packed" value="$work/feed" />
  </packageSources>
</configuration>
CONFIG
    (cd "$work" && bash -euo pipefail -c "$(section sh)") >"$work/new.log" 2>&1 || die "the README's commands failed: $(cat "$work/new.log")"
    section csharp >"$work/watch/Program.cs"
}

start_docker() {
    # Networks and firewall rules are the machine's: they are left alone.
    dockerd --host "unix://$work/docker.sock" --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/docker.pid" --storage-driver vfs \
        --exec-opt native.cgroupdriver=cgroupfs --bridge none --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false >"$work/docker.log" 2>&1 &
    dockerd=$!
    wait_until 60 docker version >/dev/null 2>&1 || die "dockerd did not start: $(tail -n 20 "$work/docker.log")"
    mkdir -p "$work/image/bin"
    cp "$(command -v busybox)" "$work/image/bin/sh"
    tar -C "$work/image" -c . | docker import - quick-start >/dev/null
}

start_program() {
    (cd "$work/watch" && exec setsid dotnet run) </dev/null >"$work/output" 2>&1 &
    program=$!
    wait_until 120 grep -q '^Tracing' "$work/output" || die "the program does not trace: $(cat "$work/output")"
}

require_linux
require_root
require_sdk
require_programs dockerd=docker.io docker=docker.io,docker-cli runc=runc busybox=busybox-static setsid=util-linux
work=$(mktemp --directory --tmpdir diffkeeper-quick-start-XXXXXX)
trap clean_up EXIT
pack "$version" "$work/feed" "$work/build"
make_program
start_docker
start_program
docker run --rm --network none --cgroup-parent "/$cgroup" --cidfile "$work/id" quick-start sh -c 'exit 7' || (($? == 7)) || die "docker run failed: see above."
shown=0
wait_until 30 shows_whole_life "$work/output" "$(cat "$work/id")" && shown=1
cat "$work/output"
((shown)) || die "events of the container $(cat "$work/id") are missing: see above."
