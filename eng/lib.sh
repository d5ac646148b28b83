# shellcheck shell=bash
# What the scripts have in common; they source it.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# The engines live where an ordinary user's PATH does not lead.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

die() {
    echo "${0##*/}: $*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

require_linux() { [[ $(uname -s) == Linux ]] || die "this needs Linux, and this is $(uname -s): run it on the node whose containers you want to see."; }

require_root() { ((EUID == 0)) || die "this needs root, to load BPF programs and to run containers: run it with sudo."; }

require_sdk() {
    has dotnet || die "the .NET 10 SDK is not installed: https://dotnet.microsoft.com/download/dotnet/10.0 has it."
    dotnet --version >/dev/null 2>&1 || die "no .NET SDK here satisfies global.json: https://dotnet.microsoft.com/download/dotnet/10.0 has the right one."
}

# require_programs PROGRAM=PACKAGE[,PACKAGE...]...: installs the packages of the programs that are missing, leaving out
# packages that this release of the distribution does not have.
require_programs() {
    local wanted package packages=()
    for wanted in "$@"; do
        has "${wanted%%=*}" || packages+=("${wanted#*=}")
    done
    ((${#packages[@]} == 0)) && return

    has apt-get || die "$(programs_missing "$@") must be installed first: this machine has no apt-get to do it with."
    echo "Installing ${packages[*]}"
    apt-get -qq update >&2 || die "apt-get update failed: see above."
    local available=()
    for package in $(tr ',' '\n' <<<"${packages[*]}"); do
        [[ -z $(apt-cache show "$package" 2>/dev/null) ]] || available+=("$package")
    done
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends --yes "${available[@]}" >/dev/null ||
        die "apt-get could not install ${available[*]}: see above."
    [[ -z $(programs_missing "$@") ]] || die "$(programs_missing "$@") is still missing: this distribution's packages do not have it."
}

# require_packages PACKAGE...: installs libraries, which have no program to look for; whether they are there then.
require_packages() {
    local package missing=()
    for package in "$@"; do
        [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]} == 0)) || { apt-get -qq update >&2 && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends --yes "${missing[@]}" >/dev/null; }
}

programs_missing() {
    local wanted missing=()
    for wanted in "$@"; do
        has "${wanted%%=*}" || missing+=("${wanted%%=*}")
    done
    echo "${missing[*]}"
}

# wait_until SECONDS COMMAND...: whether the command succeeds before the time is up.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

# pack VERSION FEED DIRECTORY: makes the packages, in the folder FEED; DIRECTORY is to build in.
pack() {
    local project log
    for project in DiffKeeper.Lifecycle.Native DiffKeeper.Lifecycle; do
        log=$(dotnet pack "$(dirname "${BASH_SOURCE[0]}")/../src/$project" --configuration Release --artifacts-path "$3" --output "$2" --verbosity quiet -p:Version="$1" 2>&1) ||
            die "the packages could not be made: $log"
    done
}

# shows_whole_life FILE CONTAINER: whether the program of the README printed everything of a container that exited with 7, and in order.
shows_whole_life() {
    [[ $(awk -v id="$2" '$3 == id { print $2 }' "$1" | paste -sd ' ') == "Create Start Stop Delete" ]] && grep -q " Stop $2 .* exit 7\$" "$1"
}
