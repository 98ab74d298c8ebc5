# SPDX-License-Identifier: Apache-2.0
"""SelectObjectContent: S3 Select's SQL on CSV and JSON, answered as a stream of events."""

import bz2
import gzip
import json

import pytest
from botocore.exceptions import ClientError, EventStreamError

PEOPLE = 'name,age,city\nAnn,31,"Oslo, N"\nBob,4,Rome\nCy,55,\n'
LINES = [{"a": {"b": [1, 2, {"c": "x"}]}, "n": 1.5}, {"a": None, "n": 2}, {"n": 3, "t": "2026-03-01T00:00:00Z"}]
USE = {"CSV": {"FileHeaderInfo": "USE"}}


@pytest.fixture
def select(control, client):
    s3 = client("s3")
    s3.create_bucket(Bucket="data")

    def run(sql, body=PEOPLE, source=None, output=None, **more):
        body = body if isinstance(body, bytes) else body.encode()
        s3.put_object(Bucket="data", Key="k", Body=body)
        answer = s3.select_object_content(
            Bucket="data",
            Key="k",
            Expression=sql,
            ExpressionType="SQL",
            InputSerialization=source or USE,
            OutputSerialization=output or {"CSV": {}},
            **more,
        )
        return list(answer["Payload"])

    return run


def records(events) -> str:
    return b"".join(event["Records"]["Payload"] for event in events if "Records" in event).decode()


CSV = {
    "SELECT * FROM S3Object": 'Ann,31,"Oslo, N"\nBob,4,Rome\nCy,55,\n',
    "SELECT s.name FROM S3Object s WHERE s.age > 5": "Ann\nCy\n",
    "SELECT s._1, s.\"age\" FROM S3Object AS s LIMIT 1": "Ann,31\n",
    "select name from s3object where city like 'R_m%'": "Bob\n",
    "select name from s3object where name like 'A!%%' escape '!'": "",
    "select name from s3object where age between 4 and 31": "Ann\nBob\n",
    "select name from s3object where age not between 4 and 31": "Cy\n",
    "select name from s3object where name in ('Ann', 'Cy') and not age = 31": "Cy\n",
    "select name from s3object where city is null or age = 4 or 1 = 2": "Bob\n",
    "select count(*), count(city), sum(cast(age as int)), min(age), max(age) from s3object": "3,3,90,4,55\n",
    "select avg(cast(age as float)) as mean from s3object where age < 50": "17.5\n",
    "select count(*) from s3object where 1 = 0": "0\n",
    "select cast(age as int) * 2 - 1, cast(age as int) / 2, cast(age as int) % 4, -cast(age as int) from s3object "
    "limit 1": "61,15,3,-31\n",
    "select lower(name) || '!', upper(name), char_length(city) from s3object limit 1": "ann!,ANN,7\n",
    "select substring(name from 2), substring(name, 1, 2), substring(name from -1 for 3) from s3object limit 1":
        "nn,An,A\n",
    "select trim('  a '), trim(leading 'x' from 'xxax'), trim(both from ' b ') from s3object limit 1": "a,ax,b\n",
    "select case when age > 10 then 'old' when age = 4 then 'young' else '' end from s3object": "old\nyoung\nold\n",
    "select case name when 'Ann' then 1 end from s3object limit 2": "1\n\n",
    "select coalesce(null, missing, name), nullif(name, 'Ann') from s3object limit 1": "Ann,\n",
    "select cast('3.7' as int), cast(1 as bool), cast('1.50' as decimal), cast(2 as string) from s3object limit 1":
        "3,true,1.5,2\n",
    "select extract(year from to_timestamp('2026-03-01T')), date_add(month, 1, to_timestamp('2026-01-31T')), "
    "date_diff(day, to_timestamp('2026-03-01T'), to_timestamp('2026-03-11T')) from s3object limit 1":
        "2026,2026-02-28T00:00:00Z,10\n",
    "select to_string(to_timestamp('2026-03-01T09:05:00Z'), 'd MMM y, HH:mm') from s3object limit 1":
        '"1 Mar 2026, 09:05"\n',
}


@pytest.mark.parametrize("sql", CSV, ids=lambda sql: sql[7:47])
def test_csv(select, sql):
    assert records(select(sql)) == CSV[sql]


JSON = {
    "SELECT * FROM S3Object s": LINES,
    "SELECT s.a.b[2].c, s.n FROM S3Object s": [{"c": "x", "n": 1.5}, {"n": 2}, {"n": 3}],
    "SELECT VALUE_.n AS N FROM S3Object VALUE_ WHERE VALUE_.n >= 2": [{"N": 2}, {"N": 3}],
    "SELECT * FROM S3Object[*].a.b[*]": [{"_1": 1}, {"_1": 2}, {"c": "x"}],
    "SELECT s.n FROM S3Object s WHERE s.a IS MISSING": [{"n": 3}],
    "SELECT s.n FROM S3Object s WHERE s.a IS NOT MISSING AND s.a IS NULL": [{"n": 2}],
    "SELECT s['a']['b'][0] AS first FROM S3Object s LIMIT 1": [{"first": 1}],
    "SELECT SUM(s.n) FROM S3Object s": [{"_1": 6.5}],
    "SELECT s.n FROM S3Object s WHERE TO_TIMESTAMP(s.t) < UTCNOW()": [{"n": 3}],
}


@pytest.mark.parametrize("kind", ["LINES", "DOCUMENT"])
@pytest.mark.parametrize("sql", JSON, ids=lambda sql: sql[7:47])
def test_json(select, sql, kind):
    body = "\n".join(map(json.dumps, LINES))
    found = records(select(sql, body, {"JSON": {"Type": kind}}, {"JSON": {}}))
    assert [json.loads(line) for line in found.splitlines()] == JSON[sql]


@pytest.mark.parametrize("packing, pack", [("GZIP", gzip.compress), ("BZIP2", bz2.compress)])
def test_packed(select, packing, pack):
    body = PEOPLE + "".join(f"N{number},{number},here\n" for number in range(20_000))
    packed = pack(body.encode())
    events = select("select count(*) from s3object", packed, USE | {"CompressionType": packing})
    assert records(events) == "20003\n"
    details = next(event["Stats"]["Details"] for event in events if "Stats" in event)
    assert details == {"BytesScanned": len(packed), "BytesProcessed": len(body), "BytesReturned": 6}
    for broken in (packed[:-9], b"no such thing"):
        with pytest.raises(ClientError) as caught:
            select("select count(*) from s3object", broken, USE | {"CompressionType": packing})
        assert caught.value.response["Error"]["Code"] == "TruncatedInput"


def test_events_in_their_order(select):
    body = "".join(f"{number:>09}\n" for number in range(40_000))
    events = select("select * from s3object", body, {"CSV": {}}, RequestProgress={"Enabled": True})
    assert records(events) == body
    names = [name for event in events for name in event]
    assert names[-3:] == ["Progress", "Stats", "End"] and set(names[:-3]) == {"Records"} and len(names) > 5


@pytest.mark.parametrize(
    "form, body, expected",
    [
        ({"FieldDelimiter": ";", "QuoteCharacter": "'"}, "1;'a;b''c'\n", '{"_1":"1","_2":"a;b\'c"}'),
        ({"RecordDelimiter": "|"}, "1,2|3,4|", '{"_1":"1","_2":"2"}'),
        ({"RecordDelimiter": "\r\n"}, "1,2\r\n3,4\r\n", '{"_1":"1","_2":"2"}'),
        ({"QuoteEscapeCharacter": "\\"}, '"a\\"b"\n', '{"_1":"a\\"b"}'),
        ({"AllowQuotedRecordDelimiter": True}, '"a\nb",2\n', '{"_1":"a\\nb","_2":"2"}'),
        ({"Comments": ";"}, ";no\nyes\n", '{"_1":"yes"}'),
        ({"FileHeaderInfo": "IGNORE"}, "h\nv\n", '{"_1":"v"}'),
        ({}, "\na,\n", '{"_1":"a","_2":""}'),
    ],
)
def test_forms_of_csv(select, form, body, expected):
    assert records(select("select * from s3object limit 1", body, {"CSV": form}, {"JSON": {}})) == expected + "\n"


def test_forms_of_output(select):
    output = {"CSV": {"QuoteFields": "ALWAYS", "FieldDelimiter": "|", "RecordDelimiter": ";", "QuoteCharacter": "'"}}
    assert records(select("select name, age from s3object limit 2", output=output)) == "'Ann'|'31';'Bob'|'4';"
    assert records(select("select name from s3object limit 1", output={"JSON": {"RecordDelimiter": ";"}})) == (
        '{"name":"Ann"};'
    )


@pytest.mark.parametrize(
    "scan, expected", [((0, 1), "a\n"), ((0, 2), "a\nb\n"), ((2, 3), "b\n"), ((2, None), "b\nc\n"), ((None, 2), "c\n")],
)
def test_a_range_is_scanned(select, scan, expected):
    given = {name: place for name, place in zip(("Start", "End"), scan) if place is not None}
    assert records(select("select * from s3object", "a\nb\nc\n", {"CSV": {}}, ScanRange=given)) == expected


MISTAKES = {
    "selec * from s3object": "ParseUnexpectedToken",
    "select *": "ParseSelectMissingFrom",
    "select * from elsewhere": "ParseUnexpectedToken",
    "select * from s3object where": "ParseUnexpectedToken",
    "select * from s3object where (1 = 1": "ParseExpectedTokenType",
    "select 'a from s3object": "LexerInvalidLiteral",
    "select ? from s3object": "LexerInvalidChar",
    "select foo(1) from s3object": "UnsupportedFunction",
    "select lower(name, 1) from s3object": "EvaluatorInvalidArguments",
    "select lower(1) from s3object": "IllegalSqlFunctionArgument",
    "select cast(name as int) from s3object": "CastFailed",
    "select cast(name as color) from s3object": "ParseExpectedTypeName",
    "select nobody from s3object": "MissingHeaders",
    "select _9 from s3object": "InvalidColumnIndex",
    "select name from s3object group by name": "ParseUnsupportedSyntax",
    "select name as from s3object": "ParseExpectedIdentForAlias",
    "select name from s3object limit x": "ParseExpectedNumber",
    "select extract(age from t) from s3object": "ParseExpectedDatePart",
    "select 1 / 0 from s3object": "EvaluatorInvalidArguments",
    "select name from s3object where name like 'a' escape 'bc'": "LikeInvalidInputs",
    "select " + "(" * 500 + "1" + ")" * 500 + " from s3object": "ParseUnsupportedSyntax",
    "select '" + "x" * 270_000 + "' from s3object": "ExpressionTooLong",
}


@pytest.mark.parametrize("sql", MISTAKES, ids=lambda sql: sql[:50])
def test_mistakes(select, sql):
    with pytest.raises(ClientError) as caught:
        select(sql)
    assert caught.value.response["Error"]["Code"] == MISTAKES[sql]
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.mark.parametrize(
    "source, output, more, code",
    [
        ({"CSV": {}, "JSON": {"Type": "LINES"}}, {"CSV": {}}, {}, "InvalidDataSource"),
        ({"JSON": {}}, {"CSV": {}}, {}, "InvalidJsonType"),
        ({"CSV": {"FieldDelimiter": "ab"}}, {"CSV": {}}, {}, "InvalidRequestParameter"),
        ({"CSV": {}}, {"CSV": {}}, {"ScanRange": {"Start": 5, "End": 2}}, "InvalidScanRange"),
        ({"CSV": {}, "CompressionType": "GZIP"}, {"CSV": {}}, {"ScanRange": {"Start": 0}}, "UnsupportedScanRangeInput"),
        ({"JSON": {"Type": "LINES"}}, {"CSV": {}}, {}, "JSONParsingError"),
    ],
)
def test_what_cannot_be_read(select, source, output, more, code):
    with pytest.raises(ClientError) as caught:
        select("select * from s3object", source=source, output=output, **more)
    assert caught.value.response["Error"]["Code"] == code


def test_what_goes_wrong_late_ends_the_stream(select):
    body = "1\n" * 100_000 + "x\n"
    with pytest.raises(EventStreamError) as caught:
        select("select cast(_1 as int) from s3object", body, {"CSV": {}})
    assert "CastFailed" in str(caught.value)


def test_no_such_key(control, client):
    s3 = client("s3")
    s3.create_bucket(Bucket="data")
    with pytest.raises(ClientError) as caught:
        s3.select_object_content(
            Bucket="data", Key="none", Expression="select * from s3object", ExpressionType="SQL",
            InputSerialization={"CSV": {}}, OutputSerialization={"CSV": {}},
        )
    assert caught.value.response["Error"]["Code"] == "NoSuchKey"
