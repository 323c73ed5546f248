from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.json_places import DEEPEST, Misread, line_and_column, read
from app.domain.managed_policies import arn_faults, short_name, suggestions
from app.domain.policy_check import Finding, findings, minified, pretty, refused_characters

GOOD = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:Get*", "s3:ListBucket"],
      "Resource": "arn:aws:s3:::acme-*/*",
      "Condition": {"ForAnyValue:StringLikeIfExists": {"aws:TagKeys": ["team", "cost"]}, "Bool": {"a:b": true}}
    },
    {"Effect": "Deny", "NotAction": "iam:*", "NotResource": "*"}
  ]
}"""


def statement(**changes: object) -> str:
    made: dict[str, object] = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    made |= changes
    kept = {key: value for key, value in made.items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": kept})


def only(text: str) -> Finding:
    found = findings(text)
    assert len(found) == 1, found
    return found[0]


def test_each_operator_of_a_condition_is_looked_at() -> None:
    found = [each.message for each in findings(statement(Condition={"Bool": 1, "Nope": {"a:b": "c"}}))]
    assert found == ["Keys and values stand in an object.", "There is no condition operator “Nope”."]


def test_a_good_policy_has_nothing_to_say() -> None:
    assert findings(GOOD) == ()
    assert findings("") == ()
    assert findings(" \n") == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("{", 1, 1, "never closed"),
        ('{"a": [1, 2', 1, 7, "This [ is never closed"),
        (' {"a": 1', 1, 2, "This { is never closed"),
        (r'{"a": "\q0041"}', 1, 8, "begins no sign"),
        ('{"a": 1,}', 1, 9, "comma stands before"),
        ('{"a": [1,]}', 1, 10, "comma stands before"),
        ('{"a" 1}', 1, 6, "colon is missing"),
        ('{"a": }', 1, 7, "value is missing"),
        ('{\n  "a": 1\n  "b": 2\n}', 3, 3, "comma or }"),
        ("{'a': 1}", 1, 2, "name in double quotes"),
        ('{"a": yes}', 1, 7, "“yes” is no value"),
        ('{"a": 01}', 1, 7, "no number"),
        ('{"a": NaN}', 1, 7, "no value"),
        ('{"a": "b', 1, 7, "never closed"),
        ('{"a": "\\x"}', 1, 8, "backslash"),
        ('{"a": "\n"}', 1, 8, "end of a line"),
        ("{} {}", 1, 4, "follows the end"),
        ("[" * (DEEPEST + 2), 1, DEEPEST + 2, "levels deep"),
    ],
)
def test_where_it_is_no_json(text: str, line: int, column: int, words: str) -> None:
    found = only(text)
    assert (found.line, found.column) == (line, column)
    assert words in found.message
    assert found.remedy


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ("[]", "[]", "A policy is an object."),
        ('{"Version": "2012-10-17"}', "{", "Statement is missing."),
        ('{"Version": "2012-10-17", "Statement": []}', "[]", "Statement is empty."),
        ('{"Version": "2012-10-17", "Statement": ["x"]}', '"x"', "A statement is an object."),
        ('{"Version": "2020-01-01", "Statement": []}', '"2020-01-01"', "Version is a date"),
        (statement(Principal="*"), '"Principal"', "takes no Principal"),
        (statement(Effect="allow"), '"allow"', "Effect is Allow or Deny."),
        (statement(Effect=None), "{", "Effect is missing."),
        (statement(Action=None), "{", "Action is missing."),
        (statement(NotAction="s3:*"), '"NotAction"', "exclude each other"),
        (statement(Action=[]), "[]", "Action is empty."),
        (statement(Action=["s3:*", 7]), "7", "Action is a text"),
        (statement(Action="GetObject"), '"GetObject"', "An action is a service"),
        (statement(Resource="bucket"), '"bucket"', "A resource is an ARN"),
        (statement(Resource=None), "{", "Resource is missing."),
        (statement(Sid="no blanks"), '"no blanks"', "A Sid has letters"),
        (statement(Condition=[]), "[]", "Condition is an object."),
        (statement(Condition={"StringIs": {}}), '"StringIs"', "no condition operator “StringIs”"),
        (statement(Condition={"NullIfExists": {}}), '"NullIfExists"', "no condition operator"),
        (statement(Condition={"Bool": "x"}), '"x"', "stand in an object"),
        (statement(Condition={"Bool": {"a": None}}), "null", "compares with"),
        (statement(actions="s3:*"), '"actions"', "no element of a statement"),
        ('{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": []}', '"Version"', "stands twice"),
    ],
)
def test_where_the_grammar_is_broken(text: str, marked: str, words: str) -> None:
    found = next(each for each in findings(text) if words in each.message)
    assert text[found.at : found.at + found.length] == marked
    assert found.certain
    assert found.remedy


def test_a_misspelt_element_is_told_how_it_is_meant() -> None:
    found = next(each for each in findings(statement(effect="Allow")) if "effect" in each.message)
    assert found.remedy == "Write “Effect”."


def test_an_old_version_is_only_worth_a_look() -> None:
    assert not only('{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}').certain


def test_sids_are_their_own() -> None:
    one = {"Sid": "a", "Effect": "Deny", "Action": "*", "Resource": "*"}
    assert "stands twice" in only(json.dumps({"Version": "2012-10-17", "Statement": [one, one]})).message


def test_characters_that_sts_does_not_take() -> None:
    text = statement(Resource="arn:aws:s3:::b/€ä☃")
    ascii_only = json.dumps(json.loads(text), ensure_ascii=False)
    assert [ascii_only[at] for at in refused_characters(ascii_only)] == ["€", "☃"]
    assert [each.message for each in findings(ascii_only)] == ["“€” is not allowed.", "“☃” is not allowed."]


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from('{}[]":,\\ntrue1.-eE "SAct*\n\t€'), max_size=60) | st.text(max_size=60))
@example("")
@example('{"a":')
@example('"\\ud800"')
@example("-")
def test_every_text_has_an_answer(text: str) -> None:
    for each in findings(text):
        assert 0 <= each.at <= len(text)
        assert each.at + each.length <= len(text)
        assert (each.line, each.column) == line_and_column(text, each.at)
        assert each.message
        assert each.remedy
    small, large = minified(text), pretty(text)
    assert (small is None) == (large is None)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(_VALUES)
def test_documents_stay_what_they_are_however_they_are_written(value: object) -> None:
    text = json.dumps(value)
    read(text)
    small, large = minified(text), pretty(text)
    assert small is not None
    assert large is not None
    assert json.loads(small) == json.loads(large) == value
    assert len(small) <= len(text)
    assert minified(large) == small
    assert pretty(small) == large


@settings(max_examples=150)
@given(_VALUES, st.sampled_from(["Version", "Statement", "Condition", "Action", "Sid", "Effect"]))
def test_every_document_has_an_answer(value: object, key: str) -> None:
    findings(json.dumps(value))
    findings(json.dumps({key: value}))
    findings(json.dumps({"Statement": [{key: value}, {key: value}]}))


@settings(max_examples=150)
@given(st.text(alphabet=st.sampled_from('{}[]":,\\nutrfalse01.-+eE \n'), max_size=30))
def test_what_python_refuses_is_refused(text: str) -> None:
    try:
        json.loads(text, parse_constant=pytest.fail)
    except ValueError:
        with pytest.raises(Misread):
            read(text)
    else:
        read(text)


def test_numbers_and_texts_stay_as_they_were_written() -> None:
    assert minified('{ "a": 1.50, "b": "\\u00e4", "c": [ ], "d": { } }') == '{"a":1.50,"b":"\\u00e4","c":[],"d":{}}'
    assert pretty('{"a":[1,{}],"b":[]}') == '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}'


def test_managed_policies_stand_in_the_partition_of_the_role() -> None:
    assert suggestions("aws")[0] == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    assert "arn:aws-cn:iam::aws:policy/job-function/ViewOnlyAccess" in suggestions("aws-cn")
    assert short_name("arn:aws:iam::aws:policy/job-function/Billing") == "Billing"
    for partition in ("aws", "aws-cn", "aws-us-gov"):
        assert arn_faults(suggestions(partition), partition, "123456789012") == {}


def test_what_is_wrong_with_a_managed_policy_s_arn() -> None:
    arns = (
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "ReadOnlyAccess",
        "arn:aws-cn:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:iam::210987654321:policy/mine",
        "arn:aws:iam::123456789012:policy/team/mine",
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
    )
    found = arn_faults(arns, "aws", "123456789012")
    assert sorted(found) == [1, 2, 3, 5]
    assert "210987654321" in found[3]
    assert found[5] == "It stands twice."
    assert sorted(arn_faults(arns)) == [1, 5]
