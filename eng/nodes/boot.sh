#!/usr/bin/env bash
# Boots a node, runs a payload in it and brings its results back: boot.sh TOOLS IMAGE PAYLOAD RESULTS.
# PAYLOAD is a folder with a run.sh, which finds its files beside it and leaves what it finds out in results/; RESULTS becomes that folder and
# the console's console.log. Fails unless run.sh said that it went well: QEMU's exit code is 0 after a kernel's panic, too.
set -euo pipefail

tools=$1
image=$2
payload=$3
results=$4

disks=$(mktemp -d)
trap 'rm -rf "$disks"' EXIT

tar --create --file "$disks/payload.tar" --directory "$payload" .
truncate --size %512 "$disks/payload.tar"
truncate --size 512M "$disks/results.tar"
rm -rf "$results"
mkdir -p "$results"

disk() { echo "file=$1,format=raw,if=virtio,cache=unsafe,$2"; }

# A guest that panics or reboots ends QEMU. Emulated: a device /dev/kvm says little about whether guests run on it.
# Without svm: emulated processors that offer nested virtualization make kernels try it.
# The end of the command line saves emulated work: mitigations in each system call, zeroed pages, RCU's long waits as cgroups and namespaces go.
status=0
timeout --foreground --kill-after=5 540 nice -n 10 "$tools/qemu" -accel tcg,thread=multi -cpu max,-svm -smp 2 -m 3072 \
    -nodefaults -no-reboot -display none -monitor none -serial stdio -device virtio-rng-pci \
    -kernel "$image/vmlinuz" -initrd "$image/initrd.zst" -append "console=ttyS0 root=/dev/vda panic=-1 quiet systemd.show_status=0 mitigations=off rcupdate.rcu_expedited=1 init_on_alloc=0" \
    -drive "$(disk "$image/root.ext4" snapshot=on)" -drive "$(disk "$disks/payload.tar" readonly=on)" -drive "$(disk "$disks/results.tar" readonly=off)" \
    </dev/null >"$results/console.log" 2>&1 || status=$?

if ((status != 0)); then
    echo "the machine did not run to its end: QEMU's exit status is $status (124: it was stopped after 9 minutes). See $results/console.log." >&2
    exit 1
fi
tar --extract --file "$disks/results.tar" --directory "$results" --strip-components=1 ||
    { echo "the machine brought nothing back. See $results/console.log." >&2; exit 1; }
grep -q '^DONE rc=0' "$results/console.log" ||
    { echo "run.sh did not come to a good end in the machine. See $results/console.log." >&2; exit 1; }
