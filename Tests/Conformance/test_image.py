# SPDX-License-Identifier: Apache-2.0
"""What the image holds, without a container: the program runs by nothing but what was gathered for it."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from harness.server import ROOT, awry, binary

DOCKER = ROOT / "docker"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The image's root file system, with the libraries of this machine."""
    if b"libswiftCore.so" in Path(binary()).read_bytes():
        pytest.skip("the image holds a program with Swift's own libraries linked into it: `make build`")
    out = tmp_path_factory.mktemp("image") / "root"
    subprocess.run([DOCKER / "gather.sh", binary(), "/", out], check=True)
    return out


@pytest.fixture(scope="module")
def alone(root):
    """`alone(*arguments)`: runs the image's program with the image's own loader and libraries."""
    folder = next(root.glob("usr/lib/*-linux-gnu"))
    loader = [next(folder.glob("ld-linux-*")), "--inhibit-cache", "--library-path", folder]

    def run(*arguments, loading=()):
        environment = {"AWRY_PACKS": root / "usr/share/awry/packs"}
        command = [*loader, *loading, root / "usr/bin/awry", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment)

    return run


def test_every_library_is_the_images_own(root, alone):
    listed = alone(loading=["--list"])
    assert listed.returncode == 0 and "not found" not in listed.stdout, listed
    found = [line.split(" => ")[1].split()[0] for line in listed.stdout.splitlines() if " => " in line]
    assert len(found) > 5 and all(path.startswith(str(root)) for path in found), found


def test_the_program_and_its_packs_work_there(alone):
    assert re.match(r"awry \d", alone("--version").stdout)
    checked = alone("check", "pack:brown-out", "pack:token-expiry")
    assert (checked.returncode, checked.stdout[:11]) == (0, "2 scenarios"), checked


def test_users_notices_and_modes(root):
    assert ":65532:65532:" in (root / "etc/passwd").read_text()
    assert (root / "etc/nsswitch.conf").read_text() == "hosts: files dns\n"
    assert (root / "tmp").stat().st_mode & 0o7777 == 0o1777
    notices = {path.parent.name for path in root.glob("usr/share/doc/*/copyright")}
    assert {"libc6", "libicu72", "libssl3", "libxml2", "libyaml-0-2", "zlib1g", "libstdc++6"} <= notices
    assert (root / "usr/share/doc/awry/LICENSE").exists()
    assert awry("check", str(root / "scenarios")).returncode == 0


def test_the_manifests_fit_the_image(tmp_path):
    scenarios, deployment, service = yaml.safe_load_all((DOCKER / "kubernetes.yaml").read_text())
    for name, text in scenarios["data"].items():
        tmp_path.joinpath(name).write_text(text)
    assert awry("check", str(tmp_path)).returncode == 0
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert service["spec"]["ports"][0]["port"] == container["ports"][0]["containerPort"] == 4566
    version = awry("--version").stdout.split()[1]
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text())
    assert {container["image"], compose["services"]["awry"]["image"]} == {f"awry:{version}"}
    for path in DOCKER.glob("testcontainers/*"):
        assert f"awry:{version}" in path.read_text()
    for path in DOCKER.glob("ci/*.yaml"):
        assert yaml.safe_load(path.read_text())


def test_the_scripts_are_shell(tmp_path):
    for path in DOCKER.glob("*.sh"):
        subprocess.run(["bash", "-n", path], check=True)
    command = [DOCKER / "gather.sh", binary(), tmp_path, tmp_path / "out"]
    nowhere = subprocess.run(command, capture_output=True, text=True)
    assert nowhere.returncode == 2 and "is it a Debian root file system?" in nowhere.stderr
