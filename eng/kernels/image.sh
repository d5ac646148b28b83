#!/usr/bin/env bash
# Packs the file system of a guest, which is all in memory: image.sh ARCHITECTURE SYSTEM PROGRAM INITRD, of a system that fetch.sh has
# fetched and the folder that diffkeeper was published to.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

architecture=$1
system=$2
program=$3
initrd=$4
case $architecture in
    amd64) triplet=x86_64-linux-gnu loader=lib64/ld-linux-x86-64.so.2 ;;
    arm64) triplet=aarch64-linux-gnu loader=lib/ld-linux-aarch64.so.1 ;;
esac

tree=$(mktemp --directory)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{bin,dev,proc,run,sys,tmp,lib,"$(dirname "$loader")",bundle/rootfs/bin}
# The init's output goes there.
mknod "$tree/dev/console" c 5 1
cp "$here"/guest/init "$tree/init"
cp "$here"/guest/config.json "$tree/bundle/"
cp "$system/bin/busybox" "$tree/bin/"
cp "$system/usr/sbin/runc" "$program/diffkeeper" "$program/libdiffkeeper_bpf.so" "$tree/bin/"
for library in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libgcc_s.so.1 libseccomp.so.2; do
    cp --dereference "$(find "$system/lib/$triplet" "$system/usr/lib/$triplet" -name $library | head -n 1)" "$tree/lib/"
done
cp --dereference "$system/lib/$triplet/$(basename "$loader")" "$tree/$loader"
ln "$tree/bin/busybox" "$tree/bundle/rootfs/bin/busybox"
for applet in sh sleep tail; do
    ln -s busybox "$tree/bundle/rootfs/bin/$applet"
done
# gzip: the oldest of the kernels knows no zstd.
(cd "$tree" && find . | cpio --quiet --create --format=newc) | gzip -1 >"$initrd"
