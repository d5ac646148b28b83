#!/usr/bin/env bash
# Builds the image of a node: image.sh SUITE TOOLS FOLDER makes FOLDER/{root.ext4,vmlinuz,initrd,versions.txt}.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/nodes/debian.sh
source "$here/debian.sh"

suite=$1
tools=$2
folder=$3
work=$folder.building
root=$work/root

packages=(
    linux-image-cloud-amd64 systemd systemd-sysv dbus udev kmod procps iproute2 jq
    uidmap dbus-user-session libpam-systemd # for an ordinary user's Podman
    docker.io docker-cli containerd runc crun podman conmon catatonit iptables containernetworking-plugins busybox-static
)

# With no network, no users and one boot to live, these only take time from the containers.
masked=(
    apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer
    podman-auto-update.service podman-auto-update.timer podman-restart.service podman-clean-transient.service
    systemd-networkd-wait-online.service serial-getty@ttyS0.service getty@tty1.service
)

bootstrap() {
    # Valid-Until: a mirror may be frozen at a past day.
    timeout 480 perl "$tools/root/usr/bin/mmdebstrap" --quiet --mode=root --variant=minbase --keyring="$keyring" \
        --include="$(IFS=,; echo "${packages[*]}")" \
        --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Languages "none"' \
        "$suite" "$root" "deb $(debian_mirror) $suite main"
}

configure() {
    local unit
    rm -rf "$root"/usr/share/{doc,locale,man}
    cp --recursive --no-preserve=ownership "$here/guest/." "$root/"
    for unit in "${masked[@]}"; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
    # A user whose systemd is there without a login: its Podman asks it for cgroups.
    chroot "$root" useradd --create-home --uid 1000 --shell /bin/bash worker
    printf 'worker:100000:65536\n' | tee "$root/etc/subuid" >"$root/etc/subgid"
    mkdir -p "$root/var/lib/systemd/linger"
    touch "$root/var/lib/systemd/linger/worker"
    mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
    ln -sf ../payload.service "$root/etc/systemd/system/multi-user.target.wants/payload.service"
    ln -sf /usr/lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
    {
        echo "Linux $(basename "$root"/usr/lib/modules/*)"
        # shellcheck disable=SC2016 # dpkg-query replaces it.
        chroot "$root" dpkg-query --show --showformat='${Package} ${Version}
' systemd docker.io containerd runc crun podman
    } >"$work/versions.txt"
}

# The module's file, unpacked, below modules/ of the initrd, and after those it needs.
add_module() {
    local kernel=$1 name=$2 file
    file=$(find "$root/usr/lib/modules/$kernel" -name "$name.ko*")
    [[ -n $file ]] || return 0 # built in, in this kernel
    case $file in
        *.xz) xz -dc "$file" ;;
        *.zst) zstd -qdc "$file" ;;
        *) cat "$file" ;;
    esac >"$work/initrd/modules/$name.ko"
    echo "$name.ko" >>"$work/initrd/modules/order"
}

make_initrd() {
    local kernel module
    kernel=$(basename "$root"/usr/lib/modules/*)
    cp "$(find "$root/boot" "$root/usr/lib/modules" -name 'vmlinuz*' -type f | head -n 1)" "$work/vmlinuz"
    mkdir -p "$work/initrd"/{bin,dev,root,modules}
    cp "$root/usr/bin/busybox" "$work/initrd/bin/"
    cp "$here/initrd/init" "$work/initrd/init"
    for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk crc16 crc32c_generic crc32c-intel mbcache jbd2 ext4; do
        add_module "$kernel" "$module"
    done
    (cd "$work/initrd" && find . | cpio --quiet --create --format=newc) | zstd -q -3 -o "$work/initrd.zst"
}

make_disk() {
    truncate -s 3G "$work/root.ext4"
    # Nothing is kept when a machine goes: a journal and checksums would only be emulated work.
    mke2fs -q -t ext4 -O '^has_journal,^metadata_csum' -E lazy_itable_init=1 -d "$root" "$work/root.ext4"
}

rm -rf "$work"
mkdir -p "$work"
bootstrap
configure
make_initrd
make_disk
rm -rf "$root" "$work/initrd"
mv "$work" "$folder"
