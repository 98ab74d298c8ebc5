# SPDX-License-Identifier: Apache-2.0
"""What `aws s3` and `aws s3api` say, and exit with, where S3 says no. The command line runs within the test."""

import pytest

DENIED = {"match": {"service": "s3", "operation": "PutObject", "params": {"Key": "denied*"}}, "error": "AccessDenied"}

# The command, its exit status, and the line that it says: 255 is the service's refusal of a call (254 in version
# 2 of the command line), 1 a transfer of which one or more failed, 2 a wrong call of the program (252 in version 2).
REFUSALS = [
    ("s3 ls s3://none", 255, "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: "
     "The specified bucket does not exist"),
    ("s3 cp s3://one/none -", 1, "An error occurred (404) when calling the HeadObject operation: "
     "Not Found"),
    ("s3 cp s3://none/k -", 1, "An error occurred (404) when calling the HeadObject operation: Not Found"),
    ("s3 cp FILE s3://none/k", 1, "An error occurred (NoSuchBucket) when calling the PutObject operation: "
     "The specified bucket does not exist"),
    ("s3 cp FILE s3://one/denied", 1, "An error occurred (AccessDenied) when calling the PutObject operation: "
     "Access Denied"),
    ("s3 mv s3://one/none s3://one/k", 1, "An error occurred (404) when calling the HeadObject operation"),
    ("s3 rm s3://none/k", 1, "An error occurred (NoSuchBucket) when calling the DeleteObject operation"),
    ("s3 sync s3://none FOLDER", 1, "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation"),
    ("s3 sync FOLDER s3://one/denied", 1, "An error occurred (AccessDenied) when calling the PutObject operation"),
    ("s3 rb s3://one", 1, "An error occurred (BucketNotEmpty) when calling the DeleteBucket operation: "
     "The bucket you tried to delete is not empty"),
    ("s3 mb s3://a_b", 1, "An error occurred (InvalidBucketName) when calling the CreateBucket operation"),
    ("s3 mb s3://taken", 1, "An error occurred (BucketAlreadyExists) when calling the CreateBucket operation"),
    ("s3api get-object --bucket one --key none FILE", 255, "An error occurred (NoSuchKey) when calling the GetObject "
     "operation: The specified key does not exist."),
    ("s3api head-object --bucket one --key none", 255, "An error occurred (404) when calling the HeadObject operation: "
     "Not Found"),
    ("s3api get-bucket-cors --bucket one", 255, "An error occurred (NoSuchCORSConfiguration) when calling the "
     "GetBucketCors operation: The CORS configuration does not exist"),
    ("s3 mv FILE", 2, "the following arguments are required: paths"),
]  # fmt: skip


@pytest.mark.parametrize("command, status, said", REFUSALS, ids=[row[0] for row in REFUSALS])
def test_aws_says_no(aws, control, tmp_path, command, status, said):
    theirs = {"s3.CreateBucket": {"Bucket": "taken"}, "account": "222222222222"}
    ours = [{"s3.CreateBucket": {"Bucket": "one"}}, {"s3.PutObject": {"Bucket": "one", "Key": "k"}}]
    control.load({"scenario": "refusals", "setup": [theirs, *ours], "rules": [DENIED]})
    (tmp_path / "folder").mkdir()
    for name in ("file", "folder/file"):
        (tmp_path / name).write_text("hello")
    places = {"FILE": str(tmp_path / "file"), "FOLDER": str(tmp_path / "folder")}
    assert said in aws(*[places.get(word, word) for word in command.split()], fails=status)
