# shellcheck shell=bash
# Packages of other suites for the machines. To be sourced.

# shellcheck source=eng/debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/../debian.sh"

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
