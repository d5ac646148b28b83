#!/usr/bin/env bash
# Rebuilds native/prebuilt from the pinned sources, and compares: see --help.
set -euo pipefail

usage() {
    cat <<'HELP'
Usage: eng/build-native.sh [--update] [--help]

Rebuilds libdiffkeeper_bpf.so, for every platform, and the BPF objects from the packages pinned in native/sources.txt and compares
them, byte for byte, with the ones in native/prebuilt. Exits with 0 when all are identical and with 1 when one differs.

  --update   puts what was built in place, with its SHA256SUMS and the versions of the tools that built it.
  --help     prints this.

Needs Debian or one of its derivatives, and root only if a tool is missing. Environment:

  DIFFKEEPER_NATIVE_CACHE   where the downloaded packages are kept; ~/.cache/diffkeeper-native by default.
  DEBIAN_MIRROR             where Debian's packages come from; by default from where the machine's own do.
HELP
}

die() { echo "build-native: $*" >&2; exit 2; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
native=$root/native
prebuilt=$native/prebuilt
# shellcheck source=eng/debian.sh
source "$root/eng/debian.sh"
cache=${DIFFKEEPER_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/diffkeeper-native}

install_tools() {
    local package missing=()
    for package in clang-19 lld-19 llvm-19 make dpkg-dev debian-archive-keyring; do
        [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]} == 0)) && return
    ((EUID == 0)) || die "${missing[*]} must be installed first: run this as root once, or install them."
    { apt-get -qq update && apt-get -qq install --no-install-recommends --yes "${missing[@]}"; } >&2 ||
        die "apt-get could not install ${missing[*]}: clang-19 and its like are in Debian 12 and later."
}

pinned() { awk -v kind="$1" '$1 == kind { $1 = ""; sub(/^ +/, ""); print }' "$native/sources.txt"; }

sources_are_cached() {
    pinned sha256 | sed 's/ /  /' | (cd "$cache" && sha256sum --check --status 2>/dev/null)
}

pinned_packages() { pinned "$1" | awk '{ print $1 "=" $2 }'; }

fetch_sources() {
    mkdir -p "$cache"
    sources_are_cached && return

    local source_release sysroot_release sources sysroot
    source_release=$(pinned source-release)
    sysroot_release=$(pinned sysroot-release)
    mapfile -t sources < <(pinned_packages source)
    mapfile -t sysroot < <(pinned_packages sysroot)
    debian_lists "$cache/apt" "deb-src $source_release" "deb $sysroot_release" || die "Debian's lists of packages could not be fetched."
    (cd "$cache" && debian_apt "$cache/apt" source --download-only "${sources[@]}" >/dev/null) ||
        die "Debian $source_release did not give ${sources[*]}: when it has moved on to newer versions, pin those in native/sources.txt and run this with --update."
    (cd "$cache" && debian_apt "$cache/apt" download "${sysroot[@]}") || die "Debian $sysroot_release did not give ${sysroot[*]}."
    sources_are_cached || die "the packages in $cache are not the ones whose SHA-256 is in native/sources.txt: empty that folder and try again."
}

unpack_sources() {
    local name version
    while read -r name version; do
        # Debian's patches come along; libbpf's one keeps a corrupt object from being read past its end.
        dpkg-source --no-check -x "$cache/${name}_${version#*:}.dsc" "$1/$name" >/dev/null
    done < <(pinned source)
}

# Nothing in it overlaps: each package's files are in a folder of their architecture and C library.
unpack_sysroot() {
    local package
    while read -r package; do
        dpkg-deb -x "$cache/$package" "$1"
    done < <(pinned sha256 | awk '$2 ~ /\.deb$/ { print $2 }')
}

toolchain() {
    clang-19 --version | head -n 1
    ld.lld-19 --version | sed 's/ (compatible.*//'
}

# The files of a build that are kept, as paths below native/prebuilt.
products() { (cd "$1" && find . -name '*.so' -o -name '*.bpf.o' | sed 's|^\./||' | LC_ALL=C sort); }

compare() {
    local built=$1 file different=0
    while read -r file; do
        if [[ ! -e $built/$file ]]; then
            echo "not built: $file"
        elif [[ ! -e $prebuilt/$file ]]; then
            echo "new: $file"
        elif cmp --silent "$built/$file" "$prebuilt/$file"; then
            echo "identical: $file"
            continue
        else
            echo "different: $file"
        fi
        different=1
    done < <({ products "$built"; products "$prebuilt"; } | LC_ALL=C sort -u)

    if ! (cd "$prebuilt" && sha256sum --check --quiet SHA256SUMS); then
        echo "native/prebuilt/SHA256SUMS does not fit the files beside it."
        different=1
    fi

    if ((different)) && ! diff <(toolchain) "$prebuilt/toolchain.txt" >/dev/null; then
        echo "The toolchain differs too (< here, > when native/prebuilt was built), and another one gives other bytes:"
        diff <(toolchain) "$prebuilt/toolchain.txt" | grep '^[<>]' || true
    fi
    return "$different"
}

update() {
    local built=$1 file
    products "$prebuilt" | (cd "$prebuilt" && xargs --no-run-if-empty rm)
    while read -r file; do
        install -D --mode=644 "$built/$file" "$prebuilt/$file"
    done < <(products "$built")
    products "$prebuilt" | (cd "$prebuilt" && xargs sha256sum | tee SHA256SUMS)
    toolchain >"$prebuilt/toolchain.txt"
}

action=compare
case ${1:-} in
    '') ;;
    --update) action=update ;;
    --help) usage; exit ;;
    *) usage >&2; exit 2 ;;
esac

install_tools
fetch_sources

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/sources" "$work/sysroot" "$work/built"
unpack_sources "$work/sources"
unpack_sysroot "$work/sysroot"
build() { make --no-print-directory --jobs="$(nproc)" -C "$native" SRC="$work/sources" SYSROOT="$work/sysroot" OUT="$work/built" "$@"; }
for platform in "$native"/platforms/*.mk; do
    build PLATFORM="$(basename "$platform" .mk)" library
done
build bpf

mkdir -p "$prebuilt"
"$action" "$work/built"
