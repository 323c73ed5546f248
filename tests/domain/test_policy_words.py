"""What is said about a policy, word for word and with its place: the whole of it, for documents of every kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.json_places import DEEPEST, Members, Misread, Node, Number, read
from app.domain.policy_check import findings, minified, pretty

TOLD = Path(__file__).with_name("told_of_policies.txt")

NO_JSON = (
    '{"a":', '{"a": ',
    "{", '{"a"', '{"a": [1', '{"a": [1,', '{"a": "b', '{"a": 1, ', '{"a": 1,}', "[1,]", "[1 2]", "[1", "[1 ", "[1,",
    '{"a" 1}', '{"a": }', "{a: 1}", "{'a': 1}", '{"a": \'b\'}', '{"a" : yes}', '{"a": 01}', '{"a": 1x}', '{"a": -}',
    '{"a": NaN}', '{"a": "\\x"}', '{"a": "\\', '{"a": "\\u12g4"}', '{"a": "\n"}', '{"a": "\t"}', "{} {}", "{} rest",
    "{},", "]", ",", ":", "#", '{"a": 1 "b": 2}', '{"a": ' + "y" * 50 + "}", "[" * (DEEPEST + 2), '{"a": {"b": [}}',
    '{"a": 1} \n {"b": 2}', "nul", "tru", '{\n "a": 1\n "b": 2\n}',
)  # fmt: skip
STATEMENT = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}


def policy(*statements: object, **more: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)} | more)


def changed(**changes: object) -> str:
    made = {key: value for key, value in (STATEMENT | changes).items() if value is not None}
    return policy(made)


BROKEN = (
    "[]", '"text"', "{}", '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}', policy(), policy("x", 7),
    '{"Version": "2012-10-17"}', policy(STATEMENT, Version="2020-01-01"), policy(STATEMENT, Version=2012),
    policy(STATEMENT, Id=7), policy(STATEMENT, Id="mine"), policy(STATEMENT, version="2012-10-17"),
    policy(STATEMENT, Comment="no"), policy(STATEMENT, **{"x" * 50: 1}),
    '{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Effect": "Deny"}]}',
    changed(Principal="*"), changed(NotPrincipal="*"), changed(Effect=None), changed(Effect="allow"), changed(Effect=1),
    changed(Action=None), changed(Resource=None), changed(NotAction="s3:*"), changed(NotResource="*"),
    changed(Action=None, NotAction="iam:*"), changed(Resource=None, NotResource="*"), changed(Action=[]),
    changed(Resource=[]), changed(Action=["s3:*", 7]), changed(Resource=7), changed(Action="GetObject"),
    changed(Action=["s3:Get*", "*", "s3:", ":Get", "s3:Get:x", "s3:Gét"]), changed(Action=None, NotAction=["x"]),
    changed(Resource=["bucket", "arn:aws:s3:::b", "arn:aws:s3::b", "*x", "${aws:x}", "aws:arn:s3:::b", "x*"]),
    changed(Resource=None, NotResource=["bucket"]),
    changed(Sid="no blanks"), changed(Sid=7), changed(Sid=""), changed(Sid="Good1"), changed(actions="s3:*"),
    changed(effect="Allow"), changed(principal="*"), changed(Anything=1),
    policy(STATEMENT | {"Sid": "a"}, STATEMENT | {"Sid": "a"}, STATEMENT | {"Sid": ""}, STATEMENT | {"Sid": ""}),
    policy(STATEMENT | {"Sid": "a" * 50}, STATEMENT | {"Sid": "a" * 50}),
    changed(Condition=[]), changed(Condition={"StringIs": {}}), changed(Condition={"x" * 50: {}}),
    changed(Condition={"NullIfExists": {"a": "true"}}), changed(Condition={"Bool": "x"}),
    changed(Condition={"Bool": {"a": None}}), changed(Condition={"Bool": {"a": [True, None, {}]}}),
    changed(Condition={"stringlike": {"a": "b"}, "ForAllValues:StringLike": {"a": ["b"]}, "BoolIfExists": {"a": 1.5}}),
    changed(Condition={"ForAnyValue:ForAllValues:Bool": {"a": "b"}, "Nope": [], "Null": {"a": "true"}}),
    changed(Condition={"ForAllValues:ForAnyValue:Bool": {"a": "b"}, "ForAnyValue:BoolIfExists": {"a": "b"}}),
    changed(Condition={"DateGreaterThanEquals": {"a": "b"}, "NumericLessThanIfExists": {"a": 3}}),
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:☃", "Resource": "arn:aws:s3:::b/€ä"}}',
    '{"Version": "☃',
)  # fmt: skip


def told() -> str:
    lines: list[str] = []
    for text in (*NO_JSON, *BROKEN):
        lines.append(f"> {text!r}")
        for each in findings(text):
            assert each.at + each.length <= len(text)
            marked = text[each.at : each.at + each.length]
            sure = "" if each.certain else " (worth a look)"
            lines += [f"{each.line}:{each.column} {marked!r}{sure}", f"  {each.message}", f"  {each.remedy}"]
    return "\n".join(lines) + "\n"


def test_what_is_said_of_policies_that_are_none_or_broken() -> None:
    assert told() == TOLD.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\"\\\/\b\f\n\r\t"', '"\\/\b\f\n\r\t'),
        (r'"\u00e4\u20AC\u0041"', "ä€A"),
        (r'"\ud83d\ude00"', "\ud83d\ude00"),
        (' "a" ', "a"),
        ('""', ""),
        ("true", True),
        ("false", False),
        ("null", None),
        ("-0.5e+10", Number("-0.5e+10")),
        ("0", Number("0")),
        ("12E3", Number("12E3")),
    ],
)
def test_values_are_read_as_they_are_meant(text: str, value: object) -> None:
    node = read(text)
    assert node.value == value
    assert text[node.at : node.end] == text.strip()


def test_each_value_knows_its_place() -> None:
    text = ' { "a" : [ 1 , {} , [ ] ] , "b":"c" } '
    node = read(text)
    assert isinstance(node.value, Members)
    (key, items), (other, last) = node.value.pairs
    assert isinstance(items.value, tuple)
    shown = [text[each.at : each.end] for each in (node, key, items, *items.value, other, last)]
    assert shown == [text.strip(), '"a"', "[ 1 , {} , [ ] ]", "1", "{}", "[ ]", '"b"', '"c"']
    assert [each.value for each in items.value] == [Number("1"), Members(()), ()]


@pytest.mark.parametrize("inner", ["1", '"a"', "{}", "[]"])
def test_sixty_levels_are_read_and_no_more(inner: str) -> None:
    deep = DEEPEST - (inner in {"{}", "[]"})
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        assert isinstance(read(opening * deep + inner + closing * deep), Node)
        with pytest.raises(Misread, match="levels deep"):
            read(opening * (DEEPEST + 1) + inner + closing * (DEEPEST + 1))


def test_the_same_document_in_lines_and_in_one() -> None:
    text = '{"a":[],"b":{},"c":[1, "x\\u0041"],\n"d":{"e":null}}'
    assert minified(text) == '{"a":[],"b":{},"c":[1,"x\\u0041"],"d":{"e":null}}'
    assert pretty(text) == (
        '{\n  "a": [],\n  "b": {},\n  "c": [\n    1,\n    "x\\u0041"\n  ],\n  "d": {\n    "e": null\n  }\n}'
    )
    assert pretty("[1") is None
    assert minified("[1") is None
