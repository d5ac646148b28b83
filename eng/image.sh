#!/usr/bin/env bash
# Makes the container image of diffkeeper, without a container engine: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/image.sh [--output FILE] [--name NAME] [--rootfs DIRECTORY] [--help]

Publishes diffkeeper with Native AOT, puts it into a root file system with the libraries that it is linked with, the certificates of this
machine and a busybox for injectors that are scripts, and packs that as an image of one layer, for this machine's processor. `ctr images
import`, `docker load` and `podman load` read it. Every file in it is root's and of one time, the commit's.

  --output   the image's archive; artifacts/image/diffkeeper.tar by default.
  --name     the image's name; localhost/diffkeeper and the version by default.
  --rootfs   makes the root file system there, which must be empty or absent, and no archive.
  --help     prints this.

Needs Linux and the .NET 10 SDK, and root only if a package is missing. Environment:

  SOURCE_DATE_EPOCH   when the image is said to have been made; the commit's time by default.
HELP
}

output=$root/artifacts/image/diffkeeper.tar
name=
rootfs=
while (($#)); do
    case $1 in
        --output) output=${2:?--output names a file}; shift ;;
        --name) name=${2:?--name names the image}; shift ;;
        --rootfs) rootfs=${2:?--rootfs names a directory}; shift ;;
        --help) usage; exit ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

# What injectors' scripts are commonly made of: a node's agent needs no more of a shell.
applets=(cat chmod cp cut date env grep head ln ls mkdir mv printf readlink rm sed sh sleep sort tail test touch tr wc)

publish() {
    # The paths of this machine aren't to be in the program.
    dotnet publish "$root/samples/DiffKeeper.Cli" --configuration Release --runtime "linux-$(dotnet_architecture)" -p:PublishAot=true -p:ContinuousIntegrationBuild=true \
        --artifacts-path "$work/build" --output "$work/program" --verbosity quiet -warnaserror >"$work/publish.log" 2>&1 ||
        die "diffkeeper could not be published: $(tail -n 5 "$work/publish.log")"
}

dotnet_architecture() { [[ $(uname -m) == aarch64 ]] && echo arm64 || echo x64; }

oci_architecture() { [[ $(uname -m) == aarch64 ]] && echo arm64 || echo amd64; }

# The libraries of the programs named, and the loader, as the loader itself finds them.
libraries_of() { ldd "$@" | grep -o '/[^ ]* (0x' | sed 's/ (0x$//' | sort -u; }

# library NAME: where the loader finds it.
library() { ldconfig -p | awk -v name="$1" -v kind="$([[ $(uname -m) == aarch64 ]] && echo AArch64 || echo x86-64)" '$1 == name && index($0, kind) { print $NF; exit }'; }

fill_rootfs() {
    local directory=$1 file applet
    mkdir -p "$directory"/{app,bin,etc/ssl/certs,proc,run,sys}
    mkdir -m 1777 "$directory/tmp"
    install --mode=755 "$work/program/diffkeeper" "$directory/app/"
    install --mode=644 "$work/program/libdiffkeeper_bpf.so" "$directory/app/"
    # OpenSSL is looked for at run time, by whoever sends telemetry over TLS.
    for file in $(libraries_of "$work"/program/{diffkeeper,libdiffkeeper_bpf.so} "$(library libssl.so.3)") "$(library libssl.so.3)"; do
        install -D --mode=755 "$file" "$directory$file"
    done
    install --mode=755 "$(command -v busybox)" "$directory/bin/busybox"
    for applet in "${applets[@]}"; do
        ln -s busybox "$directory/bin/$applet"
    done
    install --mode=644 "$root"/{LICENSE,THIRD-PARTY-NOTICES} "$directory/app/"
    install --mode=644 /etc/ssl/certs/ca-certificates.crt "$directory/etc/ssl/certs/"
    printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$directory/etc/passwd"
    printf 'root:x:0:\nnogroup:x:65534:\n' >"$directory/etc/group"
}

# add_blob FILE: moves it among the blobs and prints its descriptor, without the type.
add_blob() {
    local digest
    digest=$(sha256sum "$1" | cut -d ' ' -f 1)
    jq --null-input --compact-output --arg digest "sha256:$digest" --argjson size "$(stat --format=%s "$1")" '{ digest: $digest, size: $size }'
    mv "$1" "$work/oci/blobs/sha256/$digest"
}

archive() { tar --create --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=ustar --directory "$1" .; }

# The layout of the OCI image specification 1.0, and the manifest.json beside it that Docker read before it knew that layout.
pack() {
    local version=$1 layer config manifest diff_id
    mkdir -p "$work/oci/blobs/sha256" "$(dirname "$output")"
    archive "$work/rootfs" >"$work/layer.tar"
    diff_id=sha256:$(sha256sum "$work/layer.tar" | cut -d ' ' -f 1)
    gzip --no-name --best "$work/layer.tar"
    layer=$(add_blob "$work/layer.tar.gz")

    jq --null-input --compact-output --arg architecture "$(oci_architecture)" --arg created "$(date --utc --date="@$epoch" +%Y-%m-%dT%H:%M:%SZ)" --arg diff_id "$diff_id" --arg version "$version" '{
        architecture: $architecture, os: "linux", created: $created, rootfs: { type: "layers", diff_ids: [$diff_id] },
        config: {
            Entrypoint: ["/app/diffkeeper"], Env: ["PATH=/app:/bin", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],
            Labels: { "org.opencontainers.image.title": "diffkeeper", "org.opencontainers.image.version": $version, "org.opencontainers.image.licenses": "Apache-2.0" }
        }
    }' >"$work/config.json"
    config=$(add_blob "$work/config.json")

    jq --null-input --compact-output --argjson config "$config" --argjson layer "$layer" '{
        schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json",
        config: ({ mediaType: "application/vnd.oci.image.config.v1+json" } + $config),
        layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar+gzip" } + $layer]
    }' >"$work/manifest.json"
    manifest=$(add_blob "$work/manifest.json")

    echo '{"imageLayoutVersion":"1.0.0"}' >"$work/oci/oci-layout"
    jq --null-input --compact-output --argjson manifest "$manifest" --arg name "$name" '{
        schemaVersion: 2,
        manifests: [{ mediaType: "application/vnd.oci.image.manifest.v1+json" } + $manifest
            + { annotations: { "io.containerd.image.name": $name, "org.opencontainers.image.ref.name": ($name | split(":")[-1]) } }]
    }' >"$work/oci/index.json"
    jq --null-input --compact-output --argjson config "$config" --argjson layer "$layer" --arg name "$name" '
        def blob: "blobs/" + (.digest | sub(":"; "/")); [{ Config: ($config | blob), RepoTags: [$name], Layers: [$layer | blob] }]' >"$work/oci/manifest.json"
    archive "$work/oci" >"$output"
}

require_linux
require_sdk
require_programs busybox=busybox-static jq=jq gcc=gcc,libc6-dev openssl=openssl update-ca-certificates=ca-certificates
work=$(mktemp --directory --tmpdir diffkeeper-image-XXXXXX)
trap 'rm -rf "$work"' EXIT
umask 022
publish
if [[ -n $rootfs ]]; then
    fill_rootfs "$rootfs"
    exit
fi

epoch=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
version=$(dotnet msbuild "$root/samples/DiffKeeper.Cli" -getProperty:Version)
name=${name:-localhost/diffkeeper:$version}
fill_rootfs "$work/rootfs"
pack "$version"
echo "$name in $output: $(du --apparent-size -sm "$work/rootfs" | cut -f 1) MB, packed $(du --apparent-size -m "$output" | cut -f 1) MB, $(sha256sum "$output" | cut -d ' ' -f 1)"
