#!/usr/bin/env bash
# Extracts QEMU and mmdebstrap into a folder: tools.sh FOLDER. Nothing is installed.
# Bookworm's own QEMU 7.2 crashes under these guests (four boots of four), the 10 of its backports runs them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/nodes/debian.sh
source "$here/debian.sh"

tools=$1
"$tools/qemu" --version >/dev/null 2>&1 && exit

rm -rf "$tools"
mkdir -p "$tools/root"
debian_download "$tools/apt" "bookworm bookworm-backports" qemu-system-x86 qemu-system-common qemu-system-data seabios mmdebstrap
for package in "$tools"/apt/archives/*.deb; do
    dpkg-deb -x "$package" "$tools/root"
done
rm -rf "$tools/apt"

cat >"$tools/qemu" <<'QEMU'
#!/bin/sh
root=$(dirname "$0")/root
LD_LIBRARY_PATH=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu exec "$root/usr/bin/qemu-system-x86_64" -L "$root/usr/share/qemu" -L "$root/usr/share/seabios" "$@"
QEMU
chmod +x "$tools/qemu"
"$tools/qemu" --version >/dev/null
