#!/usr/bin/env bash
# Installs the packages into a project outside this repository and runs it in every layout: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/layouts.sh [--layout NAME] [--keep] [--help]

Packs the library, builds the program of its README from the packages in an empty folder, in each layout that .NET can deploy it in and
without a warning, runs it while a container of runc lives and dies, and prints a line a layout:

  trimmed pass (12 files, 21 MB)

The last one, chiseled, is a container without a shell, read-only, of an ordinary user with four capabilities. Exits with 0 when
every layout passes, and with 1 when one does not.

  --layout   only that one: framework-dependent, runtime-specific, self-contained, single-file, self-extract, trimmed, aot or chiseled.
  --keep     leaves the published programs where they are, and says where.
  --help     prints this.

Needs Linux on x64, root and the .NET 10 SDK.
HELP
}

layouts=(framework-dependent runtime-specific self-contained single-file self-extract trimmed aot chiseled)
keep=0
while (($#)); do
    case $1 in
        --layout) [[ " ${layouts[*]} " == *" ${2:-} "* ]] || { usage >&2; exit 2; }; layouts=("$2"); shift ;;
        --keep) keep=1 ;;
        --help) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

# A version that no other package has: what NuGet has unpacked once it never looks at again.
version=0.0.0-layouts.$$
global_packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')

# shellcheck disable=SC2317 # By the trap.
clean_up() {
    rm -rf "${global_packages:?}"/diffkeeper.lifecycle{,.native}/"$version"
    if ((keep)); then echo "Kept: $work"; else rm -rf "$work"; fi
}

# The project of who follows the README, and nothing else.
make_project() {
    mkdir -p "$work/watch"
    # shellcheck disable=SC2016 # Markdown's backticks.
    sed -n '/^```csharp$/,/^```$/p' "$root/src/DiffKeeper.Lifecycle/README.md" | grep -v '^```' >"$work/watch/Program.cs"
    cat >"$work/watch/watch.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="DiffKeeper.Lifecycle" Version="$version" />
  </ItemGroup>
</Project>
PROJECT
    cat >"$work/watch/nuget.config" <<CONFIG
<configuration>
  <packageSources>
    <add key="packed" value="$work/feed" />
  </packageSources>
</configuration>
CONFIG
}

publish() {
    local layout=$1 options=()
    case $layout in
        framework-dependent) ;;
        runtime-specific) options=(--runtime linux-x64 --no-self-contained) ;;
        self-contained) options=(--runtime linux-x64 --self-contained) ;;
        single-file) options=(--runtime linux-x64 --self-contained -p:PublishSingleFile=true) ;;
        self-extract) options=(--runtime linux-x64 --self-contained -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true) ;;
        trimmed | chiseled) options=(--runtime linux-x64 --self-contained -p:PublishTrimmed=true) ;;
        aot) options=(--runtime linux-x64 -p:PublishAot=true) ;;
    esac
    # A warning of the trimmer or of Native AOT is a failure.
    (cd "$work/watch" && dotnet publish --configuration Release --verbosity quiet --artifacts-path "$work/$layout/build" --output "$work/$layout/program" -warnaserror \
        "${options[@]}") >"$work/$layout.log" 2>&1 || { echo "$layout FAIL: it could not be published: $(tail -n 5 "$work/$layout.log")"; return 1; }
}

start() {
    local layout=$1
    touch "$work/$layout/output"
    if [[ $layout == chiseled ]]; then
        "$root/eng/layouts/chiseled.sh" "$work/$layout/program" "$work/$layout/bundle" "diffkeeper-watch-$$" </dev/null >"$work/$layout/output" 2>&1 &
    else
        "$work/$layout/program/watch" </dev/null >"$work/$layout/output" 2>&1 &
    fi
    program=$!
    wait_until 60 is_tracing_or_gone "$work/$layout/output"
}

# shellcheck disable=SC2317 # By wait_until.
is_tracing_or_gone() { grep -q '^Tracing' "$1" || ! kill -0 "$program" 2>/dev/null; }

try() {
    local layout=$1 id=diffkeeper-$1-$$ passed=1 program
    publish "$layout" || return
    start "$layout"
    runc run --bundle "$work/bundle" "$id" </dev/null >"$work/$layout/runc" 2>&1 || (($? == 7)) || cat "$work/$layout/runc"
    wait_until 30 shows_whole_life "$work/$layout/output" "$id" || passed=0
    kill -TERM "$program" 2>/dev/null || true
    wait "$program" || true
    ((passed)) || { echo "$layout FAIL: $(grep -F -e "$id" -e xception -e rror "$work/$layout/output" | head -n 5)"; return 1; }
    echo "$layout pass ($(find "$work/$layout/program" -type f ! -name '*.pdb' ! -name '*.dbg' | wc -l) files, $(du -sm --exclude='*.pdb' --exclude='*.dbg' "$work/$layout/program" | cut -f1) MB)"
    ((keep)) || rm -rf "${work:?}/$layout"
}

make_bundle() {
    mkdir -p "$work/bundle/rootfs/bin"
    cp "$(command -v busybox)" "$work/bundle/rootfs/bin/busybox"
    ln -s busybox "$work/bundle/rootfs/bin/sh"
    (cd "$work/bundle" && runc spec)
    jq '.process.terminal = false | .process.args = ["sh", "-c", "exit 7"]' "$work/bundle/config.json" >"$work/config.json"
    mv "$work/config.json" "$work/bundle/config.json"
}

require_linux
require_root
require_sdk
# Native AOT links with them.
require_programs runc=runc busybox=busybox-static jq=jq gcc=gcc,libc6-dev
work=$(mktemp --directory --tmpdir diffkeeper-layouts-XXXXXX)
trap clean_up EXIT
pack "$version" "$work/feed" "$work/build"
make_project
make_bundle
failed=0
for layout in "${layouts[@]}"; do
    try "$layout" || failed=1
done
exit "$failed"
