#!/bin/sh
# Notes each new container on the host and stays out of the container itself: whoever keeps its state finds there whose it is.
set -eu

directory=${DIFFKEEPER_STATE_DIR:?--state-dir names where}/containers
mkdir -p "$directory"

# Renamed, so that nobody reads half of it.
{
    printf 'runtime=%s\n' "$DIFFKEEPER_RUNTIME"
    printf 'pod=%s/%s\n' "${DIFFKEEPER_NAMESPACE-}" "${DIFFKEEPER_POD_NAME-}"
    printf 'image=%s\n' "${DIFFKEEPER_IMAGE-}"
    printf 'store=%s\n' "${DIFFKEEPER_STORE-}"
} >"$directory/.$1.new"
mv "$directory/.$1.new" "$directory/$1"
