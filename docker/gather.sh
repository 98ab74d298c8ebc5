#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `gather.sh PROGRAM BASE OUT`: makes the image's root file system in OUT: the program, stripped; from the Debian root
# file system BASE the libraries that it needs, with their copyright notices; users, folders, ready scenarios.
set -euo pipefail
program=$1 base=${2%/} out=$3
here=$(cd "$(dirname "$0")" && pwd)
# Opened by name when TLS is asked for, so the program does not list it.
opened=(libssl.so.3)

libc=$(ls "$base"/usr/lib/*-linux-gnu/libc.so.6 2>/dev/null | head -1) || true
[ -n "$libc" ] || { echo "gather.sh: no libc.so.6 below $base/usr/lib: is it a Debian root file system?" >&2; exit 2; }
libraries=$(dirname "$libc")
target=$out${libraries#"$base"}

needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }

# take NAME: the library and what it needs in turn.
take() {
    [ -e "$target/$1" ] && return
    [ -e "$libraries/$1" ] || { echo "gather.sh: $libraries has no $1; install its package there" >&2; exit 2; }
    cp -L "$libraries/$1" "$target/$1"
    notice "$(readlink -f "$libraries/$1")"
    local name
    for name in $(needed "$libraries/$1"); do take "$name"; done
}

# notice FILE: the copyright notice of the package that the file is from.
notice() {
    local path=${1#"$base"} package
    for package in $(grep -lxF -e "$path" -e "${path#/usr}" "$base"/var/lib/dpkg/info/*.list \
        | sed 's|.*/||; s|\.list$||; s|:.*||'); do
        mkdir -p "$out/usr/share/doc/$package"
        cp -L "$base/usr/share/doc/$package/copyright" "$out/usr/share/doc/$package/"
    done
}

rm -rf "$out"
mkdir -p "$target" "$out"/{etc,tmp,scenarios,usr/bin,usr/share/awry/packs,usr/share/doc/awry}
ln -s usr/lib "$out/lib"
strip -o "$out/usr/bin/awry" "$program"
for name in $(needed "$program") "${opened[@]}"; do take "$name"; done
interpreter=$(readelf -l "$program" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')
case "$interpreter" in
/lib/*) ln -sf "${target#"$out"}/${interpreter##*/}" "$out$interpreter" ;;
*) mkdir -p "$out$(dirname "$interpreter")" && ln -s "${target#"$out"}/${interpreter##*/}" "$out$interpreter" ;;
esac
[ -e "$target/${interpreter##*/}" ] || take "${interpreter##*/}"
cp "$here"/../Fixtures/packs/*.yaml "$out/usr/share/awry/packs/"
cp "$here"/scenarios/*.yaml "$out/scenarios/"
cp "$here/../LICENSE" "$out/usr/share/doc/awry/"
echo 'awry:x:65532:65532:awry:/tmp:/nonexistent' >"$out/etc/passwd"
echo 'awry:x:65532:' >"$out/etc/group"
# Without it glibc asks /etc/hosts only where no name server answers, and --upstream would not find a host that is there.
echo 'hosts: files dns' >"$out/etc/nsswitch.conf"
chmod 1777 "$out/tmp"
chmod -R a+rX "$out"
