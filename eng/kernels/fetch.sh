#!/usr/bin/env bash
# Fetches what is missing of the kernels of kernels.txt and of the guests' systems: fetch.sh CACHE makes CACHE/kernels/NAME-ARCHITECTURE/vmlinuz
# and CACHE/system-ARCHITECTURE. Nothing is installed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/debian.sh
source "$here/../debian.sh"

cache=$1
# Ubuntu's packages are not in Debian's lists: what is fetched from there is pinned by its SHA-256.
ubuntu_sha256=5f619f3d9123f40603a164c6358fdcb1485b742c9bf497099bcc642076e0e782

# A guest's C library, runc and busybox; and for arm64 what diffkeeper is linked with, which for amd64 is the machine's.
system_packages() {
    local architecture=$1 package
    for package in libc6 libgcc-s1 libseccomp2 runc busybox-static; do
        echo "$package:$architecture/bookworm"
    done
    [[ $architecture == amd64 ]] || printf "%s:arm64/bookworm\n" libc6-dev libgcc-12-dev
}

lists() {
    [[ -n ${have_lists:-} ]] && return
    debian_lists "$cache/apt" "deb bookworm" "deb sid" "deb bookworm-security" "deb bullseye-security"
    have_lists=1
}

# The newest package that matches and can be had: lists name some that are not there any more.
download_newest() {
    local architecture=$1 pattern=$2 package
    while read -r package; do
        debian_apt "$cache/apt" download "$package:$architecture" 2>/dev/null && return
    done < <(APT_CONFIG=$cache/apt/apt.conf apt-cache search --names-only "^$pattern\$" | awk '{ print $1 }' | sort --version-sort --reverse)
    return 1
}

download_ubuntu() {
    curl --fail --silent --show-error --location --retry 3 --remote-name "$UBUNTU_MIRROR/$1" &&
        sha256sum --check --quiet <<<"$ubuntu_sha256  ${1##*/}"
}

fetch_kernel() {
    local name=$1 architecture=$2 suite=$3 package=$4 folder=$cache/kernels/$1-$2
    [[ -e $folder/vmlinuz ]] && return
    echo "Fetching Linux $name for $architecture" >&2
    rm -rf "$folder"
    mkdir -p "$folder/package"
    if [[ $suite == ubuntu ]]; then
        (cd "$folder" && download_ubuntu "$package")
    else
        lists
        (cd "$folder" && download_newest "$architecture" "$package")
    fi || { echo "there is no package $package to be had." >&2; return 1; }
    dpkg-deb --fsys-tarfile "$folder"/*.deb | tar --extract --directory "$folder/package" --wildcards '*vmlinuz*'
    mv "$(find "$folder/package" -name 'vmlinuz*' -type f)" "$folder/vmlinuz"
    rm -rf "$folder/package" "$folder"/*.deb
}

fetch_system() {
    local architecture=$1 folder=$cache/system-$1 packages package
    [[ -e $folder ]] && return
    echo "Fetching a system for $architecture" >&2
    lists
    mapfile -t packages < <(system_packages "$architecture")
    rm -rf "$folder.new"
    mkdir -p "$folder.new/packages"
    (cd "$folder.new/packages" && debian_apt "$cache/apt" download "${packages[@]}") || return
    for package in "$folder.new/packages"/*.deb; do
        dpkg-deb -x "$package" "$folder.new"
    done
    rm -rf "$folder.new/packages"
    mv "$folder.new" "$folder"
}

while read -r name architecture _ suite package; do
    [[ $suite != ubuntu || -n ${UBUNTU_MIRROR:-} ]] || continue
    fetch_kernel "$name" "$architecture" "$suite" "$package" || exit
done < <(grep -Ev '^(#|$)' "$here/kernels.txt")
fetch_system amd64
fetch_system arm64
