# SPDX-License-Identifier: Apache-2.0
"""What tests of S3's clients share."""

import pytest

KEYS = 2500


@pytest.fixture
def s3(control, client):
    return client("s3")


@pytest.fixture
def many(control):
    """Puts the keys of a long list into the bucket `one`, which it makes unless it is there."""

    def fill():
        setup = [{"s3.CreateBucket": {"Bucket": "one"}}]
        put = lambda key: {"s3.PutObject": {"Bucket": "one", "Key": key, "Body": "x"}}  # noqa: E731
        setup += [put(f"many/{number:05}") for number in range(KEYS)]
        control.load({"scenario": "many", "setup": setup})
        return "one"

    return fill


@pytest.fixture
def aws(control, endpoint, monkeypatch, tmp_path, capfd):
    """Runs the AWS command line within the test: what it says. A process of its own takes a second each time."""
    driver = pytest.importorskip("awscli.clidriver")

    known = {
        "AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint, "AWS_MAX_ATTEMPTS": "1", "HOME": str(tmp_path),
    }  # fmt: skip
    for name, value in known.items():
        monkeypatch.setenv(name, value)

    def run(*arguments, fails=0):
        capfd.readouterr()
        try:
            status = driver.create_clidriver().main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code
        said = capfd.readouterr()
        assert status == fails, (arguments, status, said)
        return said.out + said.err

    return run
