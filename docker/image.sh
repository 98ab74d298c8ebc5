#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `image.sh [BASE]`: builds the image awry:VERSION with docker, podman or buildah, whichever is there (or TOOL=…), and
# prints its size. With BASE, a Debian 12 root file system, no registry is asked: the image is made of the program that
# is built here (AWRY_BIN) and of BASE's libraries.
set -euo pipefail
cd "$(dirname "$0")/.."
base=${1:-} most=40
version=$(sed -n 's/.*static let number = "\(.*\)"/\1/p' Sources/awry/Awry.swift)
image=awry:$version

choose() {
    docker info >/dev/null 2>&1 && echo docker && return
    for tool in podman buildah; do command -v $tool >/dev/null && echo $tool && return; done
    echo "image.sh: no docker with a running engine, no podman, no buildah" >&2
    exit 2
}
tool=${TOOL:-$(choose)}

# build FOLDER DOCKERFILE: Docker's own format, since OCI's has no health check.
build() {
    case $tool in
    docker) docker build --tag "$image" --file "$2" "$1" ;;
    podman) podman build --format docker --tag "$image" --file "$2" "$1" ;;
    buildah) buildah bud --format docker --tag "$image" --file "$2" "$1" ;;
    *) echo "image.sh: TOOL=$tool: expected docker, podman or buildah" >&2 && exit 64 ;;
    esac
}

# The image as a stream, for its size as a registry would keep it.
archive() {
    case $tool in
    buildah) buildah push --quiet "$image" "docker-archive:$work/image.tar" >&2 && cat "$work/image.tar" ;;
    *) $tool save "$image" ;;
    esac
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "$base" ]; then
    docker/gather.sh "${AWRY_BIN:-.build/release/awry}" "$base" "$work/out"
    sed '1,/^# The image:/d; s|--from=build /out/|out/|' docker/Dockerfile >"$work/Dockerfile"
    build "$work" "$work/Dockerfile"
else
    build . docker/Dockerfile
fi
bytes=$(archive | gzip -c | wc -c)
echo "$image, built by $tool: $((bytes / 1000000)).$((bytes / 100000 % 10)) MB compressed (budget: $most MB)"
[ "$bytes" -lt $((most * 1000000)) ]
