#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# `prove.sh`: runs the image with docker or podman (TOOL), without network, privileges or a disk to write to, and proves
# that it serves a pack, answers its health check, is not root, and stops within a second of SIGTERM with status 0.
# TOOL_OPTIONS and RUN_OPTIONS go to the tool and to its `run`.
set -euo pipefail
cd "$(dirname "$0")/.."
read -ra tool <<<"${TOOL:-docker} ${TOOL_OPTIONS:-}"
read -ra more <<<"${RUN_OPTIONS:-}"
image=awry:$(sed -n 's/.*static let number = "\(.*\)"/\1/p' Sources/awry/Awry.swift)

fail() { echo "prove.sh: $*" >&2; exit 1; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

container=$("${tool[@]}" run --detach --read-only --network none --cap-drop all --security-opt no-new-privileges \
    "${more[@]}" "$image" serve pack:s3-slowdown-storm)
trap '"${tool[@]}" rm --force "$container" >/dev/null 2>&1' EXIT

begun=$(milliseconds)
until "${tool[@]}" exec "$container" /usr/bin/awry health; do
    [ $(($(milliseconds) - begun)) -lt 15000 ] || fail "not ready after 15 s: $("${tool[@]}" logs "$container" 2>&1)"
    sleep 0.2
done
"${tool[@]}" logs "$container" 2>&1 | grep -q s3-slowdown-storm || fail "the pack was not loaded"
fact() { "${tool[@]}" inspect --format "{{.$1}}" "$container"; }
[ "$(fact HostConfig.ReadonlyRootfs)" = true ] || fail "the root is not read-only"
user=$(awk '/^Uid:/ { print $2 }' "/proc/$(fact State.Pid)/status")
[ "$user" -ne 0 ] || fail "it runs as root"

begun=$(milliseconds)
"${tool[@]}" kill --signal TERM "$container" >/dev/null
status=$("${tool[@]}" wait "$container")
took=$(($(milliseconds) - begun))
[ "$status" = 0 ] || fail "status $status after SIGTERM"
[ $took -lt 1000 ] || fail "$took ms from SIGTERM to the end"
echo "$image: user $user, read-only root, healthy; status 0 $took ms after SIGTERM"
