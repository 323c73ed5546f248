from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import decoded_denial, denial_words
from app.domain.denial import Condition
from app.domain.denied_text import DeniedText, read
from app.domain.errors import BadInput
from app.domain.key_kinds import checked, kind_of
from app.domain.who import Who, who

ALICE = "arn:aws:iam::111122223333:user/ops/alice"
SESSION = "arn:aws:sts::123456789012:assumed-role/Admin/alice"
BUCKET = "arn:aws:s3:::reports"


def message(**changes: Any) -> str:  # noqa: ANN401  # JSON
    whole = {
        "allowed": False,
        "explicitDeny": True,
        "matchedStatements": {
            "items": [
                {
                    "statementId": "NoEast",
                    "effect": "DENY",
                    "sourcePolicyId": "p-guard",
                    "sourcePolicyType": "SCP",
                    "principals": {"items": [{"value": "AIDA1"}]},
                    "principalGroups": {"items": []},
                    "actions": {"items": [{"value": "s3:*"}]},
                    "resources": {"items": [{"value": "*"}]},
                    "conditions": {"items": [{"key": "aws:RequestedRegion", "values": {"items": [{"value": "eu-*"}]}}]},
                }
            ]
        },
        "failures": {"items": [{"reason": "something"}]},
        "context": {
            "principal": {"id": "AROA:alice", "arn": SESSION},
            "action": "s3:PutObject",
            "resource": BUCKET,
            "conditions": {
                "items": [
                    {"key": "aws:RequestedRegion", "values": {"items": [{"value": "us-east-1"}]}},
                    {"key": "aws:MultiFactorAuthPresent", "values": {"items": [{"value": "false"}]}},
                ]
            },
        },
    }
    return json.dumps(whole | changes)


def test_a_whole_message() -> None:
    decoded = decoded_denial.parse(message())
    denial = denial_words.of_decoded(decoded, DeniedText(), decoded_with="prod")
    assert denial.sentence == (
        "The session “alice” of the role Admin in account 123456789012 may not do s3:PutObject on arn:aws:s3:::reports:"
        " a policy (statement “NoEast” of policy p-guard) denies it explicitly, and that wins over every Allow."
    )
    assert denial.decoded_with == "prod"
    assert denial.failures == ("something",)
    assert denial.conditions == (
        Condition(key="aws:RequestedRegion", values=("us-east-1",)),
        Condition(key="aws:MultiFactorAuthPresent", values=("false",)),
    )
    (statement,) = denial.statements
    assert (statement.id, statement.effect, statement.policy) == ("NoEast", "Deny", "p-guard")
    assert (statement.actions, statement.resources, statement.principals) == (("s3:*",), ("*",), ("AIDA1",))
    assert statement.conditions == (Condition(key="aws:RequestedRegion", values=("eu-*",)),)
    assert json.loads(denial.raw) == json.loads(message())


def test_the_text_around_fills_what_the_message_leaves_out() -> None:
    text = read(f"User: {ALICE} is not authorized to perform: s3:PutObject on resource: {BUCKET} with an explicit deny "
                "in a service control policy")  # fmt: skip
    decoded = decoded_denial.parse('{"allowed": false, "context": {}}')
    denial = denial_words.of_decoded(decoded, text, decoded_with="x")
    assert denial.sentence == (
        f"The user alice in account 111122223333 may not do s3:PutObject on {BUCKET}: "
        "a service control policy denies it explicitly, and that wins over every Allow."
    )
    assert "management account" in denial.advice


def test_an_implicit_deny() -> None:
    text = read(f"User: {ALICE} is not authorized to perform: ec2:RunInstances because no identity-based policy allows "
                "the ec2:RunInstances action")  # fmt: skip
    denial = denial_words.of_text(text)
    assert denial.sentence == (
        "The user alice in account 111122223333 may not do ec2:RunInstances: no identity-based policy allows it "
        "(an implicit deny)."
    )
    assert denial.explicit is False


def test_a_message_about_something_that_was_allowed() -> None:
    denial = denial_words.of_decoded(decoded_denial.parse(message(allowed=True)), DeniedText(), decoded_with="x")
    assert denial.allowed
    assert denial.explicit is None
    assert "went through" in denial.sentence


def test_nothing_but_a_refusal() -> None:
    assert denial_words.of_text(read("AccessDenied")).sentence == (
        "Whoever asked may not do what was asked: AWS does not say by which policy."
    )


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "7", "null", '{"context": 7, "matchedStatements": [1, {"a": 2}]}', "[" * 9999]
)
def test_another_shape_is_no_failure(text: str) -> None:
    denial = denial_words.of_decoded(decoded_denial.parse(text), DeniedText(), decoded_with="x")
    assert denial.sentence.endswith(".")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["items", "value", "values", "key", "context", "principal", "arn", "conditions", "matchedStatements"]
            ),
            each,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["context", "matchedStatements", "failures", "allowed", "explicitDeny"]), _JSON))
def test_any_json_is_read(found: dict[str, Any]) -> None:
    assert denial_words.of_decoded(decoded_denial.parse(json.dumps(found)), DeniedText(), decoded_with="x").sentence


def test_many_items_are_bounded() -> None:
    items = [{"key": f"k{number}", "values": {"items": []}} for number in range(5000)]
    decoded = decoded_denial.parse(json.dumps({"context": {"conditions": {"items": items}}}))
    assert len(decoded.conditions) == decoded_denial.ITEMS_MOST


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (SESSION, Who(partition="aws", account="123456789012", kind="role", name="Admin", session_name="alice")),
        (ALICE, Who(partition="aws", account="111122223333", kind="user", name="alice")),
        ("arn:aws-cn:iam::111122223333:root", Who(partition="aws-cn", account="111122223333", kind="root")),
        ("arn:aws:sts::1:federated-user/guest", Who(partition="aws", account="1", kind="federated user", name="guest")),
        ("arn:aws:iam::1:role/a/b/R", Who(partition="aws", account="1", kind="role", name="R")),
        ("nonsense", Who()),
        ("arn:aws:s3:::bucket", Who(partition="aws")),
    ],
)
def test_who_an_arn_is(arn: str, expected: Who) -> None:
    assert who(arn) == expected


@pytest.mark.parametrize(
    ("key", "temporary", "word"),
    [("AKIAIOSFODNN7EXAMPLE", False, "long-term"), ("ASIAIOSFODNN7EXAMPLE", True, "temporary"),
     ("AROAIOSFODNN7EXAMPLE", False, "role"), ("ZZZZIOSFODNN7EXAMPLE", False, "not know")],
)  # fmt: skip
def test_kinds_of_ids(key: str, temporary: bool, word: str) -> None:  # a row
    assert kind_of(key).temporary is temporary
    assert word in kind_of(key).words
    assert checked(f" {key}\n") == key


@pytest.mark.parametrize(
    "text", ["", "AKIA", "AKIA OSFODNN7EXAMPLE", "x" * 129, "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab"]
)
def test_what_is_no_key_id(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        checked(text)
    assert not text or text not in str(caught.value) or len(text) < 5
