#!/usr/bin/env bash
# Runs a self-contained program as in a distroless image: chiseled.sh PROGRAM-FOLDER BUNDLE ID. Nothing but the program and the C and C++
# libraries, read-only, an ordinary user, and of root's capabilities those in CAPABILITIES, by default the documented ones.
set -euo pipefail

program=$1
bundle=$2
id=$3
capabilities=${CAPABILITIES-CAP_BPF CAP_PERFMON CAP_DAC_READ_SEARCH CAP_SYS_PTRACE}
rootfs=$bundle/rootfs

mkdir -p "$rootfs"/{app,dev,proc,sys,tmp,lib64,lib/x86_64-linux-gnu}
cp -r "$program/." "$rootfs/app/"
for library in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libgcc_s.so.1 libstdc++.so.6; do
    cp --dereference "$(ldconfig -p | awk -v name=$library '$1 == name && /x86-64/ { print $NF; exit }')" "$rootfs/lib/x86_64-linux-gnu/"
done
cp --dereference /lib64/ld-linux-x86-64.so.2 "$rootfs/lib64/"

(cd "$bundle" && runc spec)
# The node's own processes are seen, as with hostPID: true, and so is its /sys.
jq --arg capabilities "$capabilities" '
    ($capabilities | split(" ")) as $granted
    | .process.terminal = false | .process.user = { uid: 1654, gid: 1654 } | .process.args = ["/app/watch"] | .process.noNewPrivileges = true
    | .process.capabilities = ({} | .bounding = $granted | .effective = $granted | .inheritable = $granted | .permitted = $granted | .ambient = $granted)
    | .root.readonly = true | .linux.namespaces |= map(select(.type | IN("pid", "network", "cgroup") | not))
    | .linux.maskedPaths = [] | .mounts |= map(select(.type | IN("proc", "sysfs", "cgroup") | not))
    | .mounts += [{ destination: "/proc", type: "none", source: "/proc", options: ["rbind", "ro"] }, { destination: "/sys", type: "none", source: "/sys", options: ["rbind", "ro"] }]' \
    "$bundle/config.json" >"$bundle/edited.json"
mv "$bundle/edited.json" "$bundle/config.json"
exec runc run --bundle "$bundle" "$id"
