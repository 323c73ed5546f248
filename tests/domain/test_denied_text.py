from __future__ import annotations

import json
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import denied_text
from app.domain.denied_text import encoded_part, read

ALICE = "arn:aws:iam::111122223333:user/alice"
BUCKET = "arn:aws:s3:::reports/2026.csv"
CODE = "4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abcDEFghi_JKLmnop" * 6
MARK = "Encoded authorization failure message: "
DENIED = f"User: {ALICE} is not authorized to perform: s3:GetObject on resource: {BUCKET}"


@pytest.mark.parametrize(
    ("rest", "explicit", "policy_type"),
    [
        (" because no identity-based policy allows the s3:GetObject action", False, "identity-based policy"),
        (" because no resource-based policy allows the s3:GetObject action", False, "resource-based policy"),
        (" because no permissions boundary allows the s3:GetObject action", False, "permissions boundary"),
        (" because no session policy allows the s3:GetObject action", False, "session policy"),
        (" because no VPC endpoint policy allows the s3:GetObject action", False, "VPC endpoint policy"),
        (" because no service control policy allows the s3:GetObject action", False, "service control policy"),
        (" because no role trust policy allows the sts:AssumeRole action", False, "role trust policy"),
        (" with an explicit deny in a service control policy", True, "service control policy"),
        (" with an explicit deny in an identity-based policy: policy1", True, "identity-based policy"),
        (" with an explicit deny in a session policy.", True, "session policy"),
        (" with an explicit deny in a VPC endpoint policy", True, "VPC endpoint policy"),
        (" with an explicit deny in a permissions boundary", True, "permissions boundary"),
        (" with an explicit deny", True, ""),
        ("", None, ""),
    ],
)
@pytest.mark.parametrize("around", ["{}", "An error occurred (AccessDenied) when calling X: {}", "  {}\n", '"{}"'])
def test_what_aws_says_plainly(rest: str, explicit: bool | None, policy_type: str, around: str) -> None:  # a row
    said = read(around.format(DENIED + rest))
    assert (said.who, said.action, said.resource) == (ALICE, "s3:GetObject", BUCKET)
    assert (said.explicit, said.policy_type) == (explicit, policy_type)
    assert said.speaks
    assert not said.encoded


def test_line_breaks_inside_of_the_sentence_do_not_hide_it() -> None:
    said = read("\n".join(textwrap.wrap(DENIED + " with an explicit deny in a service control policy", 40)))
    assert (said.who, said.explicit, said.policy_type) == (ALICE, True, "service control policy")


def test_xml_and_its_request_id() -> None:
    said = read(
        f"<Error><Code>AccessDenied</Code><Message>{DENIED}</Message></Error>"
        "<RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId>"
    )
    assert (said.who, said.resource) == (ALICE, BUCKET)
    assert said.request_id == "c6104cbe-af31-11e0-8154-cbc7ccf896c7"


def test_a_resource_of_two_words() -> None:
    said = read(f"User: {ALICE} is not authorized to perform: iam:GetUser on resource: user bob because no "
                "identity-based policy allows the iam:GetUser action")  # fmt: skip
    assert (said.resource, said.policy_type) == ("user bob", "identity-based policy")


def test_an_action_without_a_user() -> None:
    said = read("You are not authorized to perform: ec2:RunInstances")
    assert (said.who, said.action, said.speaks) == ("", "ec2:RunInstances", True)


@pytest.mark.parametrize("text", ["", "hello", "Throttling: Rate exceeded", "exit code 1", "a" * 60 + "!"])
def test_a_text_about_something_else(text: str) -> None:
    assert not read(text).speaks


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        f"  {CODE}\n",
        f'"{CODE}"',
        MARK + CODE,
        f"(UnauthorizedOperation) {DENIED}. {MARK}{CODE}",
        f"{MARK}{CODE} (Service: Ec2, Status Code: 403)",
        f"{MARK}{CODE}\nTraceback (most recent call last):",
        f"{MARK}{CODE}\nwas not retried",
        MARK + "\n" + "\n".join(textwrap.wrap(CODE, 79)),
        MARK + "\n".join(textwrap.wrap(CODE, 76)) + "\nRequest ID: x",
        "> " + "\n> ".join(textwrap.wrap(CODE, 70)),
        json.dumps({"message": f"{MARK}{CODE}", "code": 403}),
        json.dumps(json.dumps({"message": f"{MARK}{CODE}"})),
        f"{MARK}&quot;{CODE}&quot;&lt;br&gt;",
        f"<p>{MARK}</p><code>{CODE[:100]}<wbr>{CODE[100:]}</code>",
        f"{MARK}{CODE[:100]}<br/>{CODE[100:]}<br>",
        "EncodedMessage is: " + CODE,
    ],
)
def test_the_encoded_part_is_found(text: str) -> None:
    assert encoded_part(text) == CODE


def test_quoted_lines_without_aws_words_are_not_glued_to_prose() -> None:
    assert encoded_part("a sentence about\nnothing at all") == ""
    assert encoded_part("commit 0123456789abcdef0123456789abcdef01234567") == ""


def test_the_words_beside_an_encoded_message_are_read_too() -> None:
    said = read(f"{DENIED} because no identity-based policy allows the s3:GetObject action. {MARK}{CODE}")
    assert (said.encoded, said.who, said.explicit) == (CODE, ALICE, False)
    assert said.resource == BUCKET


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_is_read(before: str, after: str) -> None:
    read(before)
    read(f"{before} {MARK}{after}")


@pytest.mark.parametrize(
    "piece",
    ["\\", "User:", "on resource:", "with an explicit deny in a ", "because no ", "<a", "<a>", "&", "encoded ", " ",
     "a\n", "aB0\n", "not authorized to perform:", '"', "request id", "User: x is not authorized to perform: "],
)  # fmt: skip
def test_a_hostile_text_takes_no_longer_than_another_one(piece: str) -> None:
    # A search that looks at everything again from each place would not end today
    read(piece * (denied_text.TEXT_LONGEST // len(piece)))


@pytest.mark.parametrize("number", ["9" * 9, "9" * 5000, "0" * 5000 + "65", "x" + "9" * 5000, "x" + "F" * 9])
def test_a_reference_to_no_character_is_read_over(number: str) -> None:
    said = read(f"{DENIED} because no identity-based policy allows the s3:GetObject action &#{number};")
    assert (said.who, said.explicit) == (ALICE, False)


def test_a_huge_text_is_bounded() -> None:
    said = read(MARK + "aB0" * 1_000_000)
    assert len(said.encoded) == denied_text.ENCODED_LONGEST


@given(st.integers(40, 200))
def test_a_message_wrapped_anywhere_is_whole(width: int) -> None:
    assert encoded_part(MARK + "\r\n".join(textwrap.wrap(CODE, width))) == CODE
