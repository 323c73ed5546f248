from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import botocore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.partition import (
    AWS,
    PARTITIONS,
    check_agreement,
    check_region,
    partition_named,
    partition_of_region,
)

ORACLE: list[dict[str, Any]] = json.loads(
    (Path(botocore.__file__).parent / "data" / "partitions.json").read_text(encoding="utf-8")
)["partitions"]
KNOWN_REGIONS = [(region, entry["id"]) for entry in ORACLE for region in entry["regions"]]


def test_every_partition_that_botocore_knows_is_here_with_its_hosts() -> None:
    ours = {p.name: (p.dns_suffix, p.dual_stack_suffix, p.home_region) for p in PARTITIONS}
    theirs = {
        entry["id"]: (
            entry["outputs"]["dnsSuffix"],
            entry["outputs"]["dualStackDnsSuffix"],
            entry["outputs"]["implicitGlobalRegion"],
        )
        for entry in ORACLE
    }
    assert ours == theirs


@pytest.mark.parametrize(("region", "partition"), KNOWN_REGIONS)
def test_every_region_that_botocore_knows_is_in_its_partition(region: str, partition: str) -> None:
    assert partition_of_region(region).name == partition


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("cn-south-9", "aws-cn"),
        ("us-gov-central-1", "aws-us-gov"),
        ("eusc-fr-west-1", "aws-eusc"),
        ("us-iso-north-3", "aws-iso"),
        ("us-isob-north-3", "aws-iso-b"),
        ("eu-isoe-north-1", "aws-iso-e"),
        ("us-isof-north-1", "aws-iso-f"),
        ("us-isotope-1", "aws"),
        ("xx-nowhere-1", "aws"),
    ],
)
def test_regions_of_tomorrow_are_told_by_how_they_begin(region: str, partition: str) -> None:
    assert partition_of_region(region).name == partition


@pytest.mark.parametrize(
    "text",
    [
        "",
        "eu",
        "eu-west-1.evil.com",
        "eu-west-1/",
        "EU-WEST-1",
        "eu west 1",
        "eu-west-1\n",
        "-eu-1",
        "eu--1",
        "eu-wést-1",
    ],
)
def test_what_cannot_be_part_of_a_host_is_no_region(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_region(text)
    assert caught.value.field == "region"
    assert caught.value.remedy


@given(st.text(max_size=80))
def test_no_text_is_taken_that_could_leave_the_host_name(text: str) -> None:
    try:
        check_region(text)
    except BadInput:
        return
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(text) <= 63


def test_arn_and_region_agree() -> None:
    check_agreement("arn:aws:iam::123456789012:role/Admin", "eu-west-1")
    check_agreement("arn:aws-cn:iam::123456789012:role/Admin", "cn-north-1")


@pytest.mark.parametrize(
    ("arn", "region", "words"),
    [
        ("arn:aws-cn:iam::123456789012:role/Admin", "eu-west-1", "AWS China"),
        ("arn:aws:iam::123456789012:role/Admin", "us-gov-west-1", "GovCloud"),
        ("arn:aws-eusc:iam::123456789012:role/Admin", "eu-west-1", "Sovereign"),
    ],
)
def test_arn_and_region_of_different_partitions(arn: str, region: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_agreement(arn, region)
    assert caught.value.code == "partition-mismatch"
    assert words in caught.value.detail
    assert caught.value.field == "RoleArn"


@pytest.mark.parametrize("text", ["arn:aws-moon:iam::123456789012:role/Admin", "nonsense"])
def test_partitions_that_do_not_exist(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_agreement(text, "eu-west-1")
    assert caught.value.code == "partition"


def test_partition_by_name() -> None:
    assert partition_named("aws") is AWS
