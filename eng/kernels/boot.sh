#!/usr/bin/env bash
# Boots a kernel, and prints what its console says, without carriage returns: boot.sh ARCHITECTURE VMLINUZ INITRD.
# QEMU's exit code says nothing, a kernel's panic gives 0, too: the console has to.
set -euo pipefail

case $1 in
    # The oldest processor that .NET runs on: with -cpu max, QEMU 7.2 miscopies for kernels, which then name a mount point "xxxx".
    amd64) machine=(qemu-system-x86_64 -cpu Nehalem) console=ttyS0 ;;
    # Without pauth-impdef an emulated arm64 is three times slower.
    arm64) machine=(qemu-system-aarch64 -M virt -cpu "max,pauth-impdef=on") console=ttyAMA0 ;;
esac

timeout --foreground --kill-after=5 180 nice -n 10 "${machine[@]}" -accel tcg -smp 1 -m 512 -nodefaults -no-reboot -display none -monitor none -serial stdio \
    -kernel "$2" -initrd "$3" -append "console=$console panic=-1 quiet loglevel=1 mitigations=off rcupdate.rcu_expedited=1" </dev/null | tr -d '\r'
