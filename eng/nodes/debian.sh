# shellcheck shell=bash
# Debian packages beside the machine's own: other suites, nothing installed or changed. To be sourced; needs $cache.

readonly keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# Where the machine's own packages come from; other suites are to be had from there too.
debian_mirror() {
    local found=${DEBIAN_MIRROR:-}
    # shellcheck disable=SC2016 # apt-get replaces it.
    [[ -n $found ]] || found=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | sort -u | head -n 1)
    [[ -n $found ]] || { echo "no Debian package source is set up on this machine: set DEBIAN_MIRROR to one, or run apt-get update." >&2; return 1; }
    echo "$found"
}

# debian_download FOLDER "SUITE..." PACKAGE...: the packages and what they need that isn't installed here, the last suite preferred.
debian_download() {
    local folder=$1 suite suites=$2 mirror options
    shift 2
    mirror=$(debian_mirror)
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    for suite in $suites; do
        echo "deb [signed-by=$keyring] $mirror $suite main"
    done >"$folder/sources.list"
    options=(-qq -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder" -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=-
        -o APT::Sandbox::User=root -o APT::Update::Error-Mode=any -o Acquire::Languages=none -o Acquire::Retries=3)
    timeout 300 apt-get "${options[@]}" update
    timeout 600 apt-get "${options[@]}" --target-release "${suites##* }" --no-install-recommends --yes --download-only --reinstall install "$@"
}
