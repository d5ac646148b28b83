# shellcheck shell=bash
# Debian packages beside the machine's own: other releases and architectures, nothing installed or changed. To be sourced.

readonly keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# Where the machine's own packages come from; other suites are to be had from there too.
debian_mirror() {
    local found=${DEBIAN_MIRROR:-}
    # shellcheck disable=SC2016 # apt-get replaces it.
    [[ -n $found ]] || found=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | sort -u | head -n 1)
    [[ -n $found ]] || { echo "no Debian package source is set up on this machine: set DEBIAN_MIRROR to one, or run apt-get update." >&2; return 1; }
    echo "$found"
}

# debian_lists FOLDER "TYPE SUITE"...: makes FOLDER an APT of its own, for amd64 and arm64, and fetches the lists of the suites
# ("deb bookworm", "deb-src trixie", "deb bookworm-security").
debian_lists() {
    local folder=$1 mirror line archive
    shift
    mirror=$(debian_mirror) || return
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    for line in "$@"; do
        archive=$mirror
        [[ $line != *-security ]] || archive=${mirror%/}-security
        echo "${line% *} [signed-by=$keyring] $archive ${line#* } main"
    done >"$folder/sources.list"
    cat >"$folder/apt.conf" <<CONF
APT::Architectures { "amd64"; "arm64"; };
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "3";
Dir::State::lists "$folder/lists";
Dir::State::status "/dev/null";
Dir::Cache "$folder";
Dir::Etc::sourcelist "$folder/sources.list";
Dir::Etc::sourceparts "-";
CONF
    debian_apt "$folder" update
}

# debian_apt FOLDER ARGUMENT...: that APT's apt-get.
debian_apt() { APT_CONFIG=$1/apt.conf timeout 600 apt-get -qq "${@:2}"; }
