#!/bin/sh
# Fails when the library asks its host for more than it may: check.sh <library> <libraries> <glibc version or nothing>.
set -eu
library=$1 allowed=$2 glibc_max=$3

for needed in $("$OBJDUMP" --private-headers "$library" | awk '$1 == "NEEDED" { print $2 }'); do
    case " $allowed " in
        *" $needed "*) ;;
        *) echo "$library needs $needed, and may need only: $allowed." >&2; exit 1 ;;
    esac
done

newest=$("$OBJDUMP" --dynamic-syms "$library" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)
if [ -n "$glibc_max" ] && [ "$(printf '%s\n' "$newest" "GLIBC_$glibc_max" | sort -V | tail -n 1)" != "GLIBC_$glibc_max" ]; then
    echo "$library needs a symbol of $newest, above the GLIBC_$glibc_max that .NET asks for." >&2
    exit 1
fi
