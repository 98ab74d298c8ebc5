#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs what a task needs and what is not there yet: `setup.sh build | python | ruby | bench`.
set -euo pipefail
cd "$(dirname "$0")/.."

# install PACKAGE...: Debian packages, if any of them is missing.
install() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# environment NAME REQUIREMENTS: a virtual environment below .venv, made anew when its requirements change.
environment() {
    local folder=".venv/$1" wanted="Tests/Conformance/$2"
    cmp -s "$wanted" "$folder/requirements" && return
    python3 -m venv --clear "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$folder/requirements"
}

case "${1:-}" in
build)
    install pkg-config libxml2-dev libyaml-dev libpcre2-dev zlib1g-dev libssl-dev
    ;;
python)
    command -v python3 >/dev/null && python3 -c 'import ensurepip, venv' 2>/dev/null || install python3 python3-venv
    # Clients of S3 that are no Python packages.
    install rclone s3cmd curl
    environment pinned requirements.txt
    environment new requirements-new.txt
    environment query requirements-query.txt
    ;;
ruby)
    # Version 1 of the SDK has DynamoDB and EC2, which Debian's version 3 lacks.
    install ruby ruby-aws-sdk ruby-aws-sdk-core ruby-aws-sdk-s3
    ;;
bench)
    "$0" python
    install wrk nginx-light
    ;;
*)
    echo "usage: Tests/setup.sh build | python | ruby | bench" >&2
    exit 64
    ;;
esac
