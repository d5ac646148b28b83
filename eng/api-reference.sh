#!/usr/bin/env bash
# Writes the API reference: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/lib.sh
source "$root/eng/lib.sh"

usage() {
    cat <<'HELP'
Usage: eng/api-reference.sh [--update] [--help]

Makes Markdown of the library's documentation comments, and compares it with docs/api. Exits with 1 where they differ.

  --update   puts it in place instead.
  --help     prints this.

Needs the .NET 10 SDK.
HELP
}

update=0
case ${1:-} in
    '') ;;
    --update) update=1 ;;
    --help) usage; exit ;;
    *) usage >&2; exit 2 ;;
esac

require_sdk
work=$(mktemp --directory --tmpdir diffkeeper-api-XXXXXX)
trap 'rm -rf "$work"' EXIT
dotnet run --project "$root/eng/api" --configuration Release --verbosity quiet -- "$work/api" >"$work/log" 2>&1 || die "the reference could not be written: $(cat "$work/log")"
if ((update)); then
    rm -rf "$root/docs/api"
    mv "$work/api" "$root/docs/api"
else
    diff --recursive --unified "$root/docs/api" "$work/api" || die "docs/api is not what the comments say: run eng/api-reference.sh --update, and commit it with the change."
fi
