"""The tools of the core: who asks, whose a key is, why something was denied, why a profile failed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain.caller import LookedAt
from app.domain.credentials import LongTermKey
from app.domain.denial import Verdict
from app.domain.errors import Denied, RolecallError
from app.domain.exchange import Exchange
from app.domain.secret import Secret
from app.domain.x_ray import Ailment, Holder, Remedy
from tests.core.fake_aws import denied
from tests.core.fakes import ACCOUNT, give_code, identity, machine, mfa_profile, profile, rejected
from tests.core.sign_in_rig import corp, role
from tests.core.virtual_time import START, until, virtual

if TYPE_CHECKING:
    from app.core.front import Front
    from tests.core.fake_aws import Call
    from tests.core.fakes import Machine

ALICE = "arn:aws:iam::111122223333:user/alice"
CODE = "4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abcDEFghi_JKLmnop" * 6
MARK = f"Encoded authorization failure message: {CODE}"
MESSAGE = json.dumps(
    {
        "allowed": False,
        "explicitDeny": True,
        "matchedStatements": {"items": [{"statementId": "NoEast", "effect": "DENY"}]},
        "context": {"principal": {"arn": ALICE}, "action": "s3:PutObject", "resource": "arn:aws:s3:::reports"},
    }
)


def ready(*profiles: str) -> Machine:
    pc = machine(*(profile(name) for name in profiles or ("prod", "stage")))
    pc.sts.arns[identity().access_key_id] = ALICE
    pc.sts.messages[CODE] = MESSAGE
    return pc


def key_of(front: Front, name: str) -> str:
    obtained = front.engine.keeper(name).session.obtained
    assert obtained is not None
    return obtained.access_key_id


# --- Who am I ---------------------------------------------------------------------------------------------------------


@virtual
async def test_a_live_session_says_who_it_is() -> None:
    pc = ready()
    front = await pc.process()
    await front.assume("prod")
    caller = await front.tools.who_am_i("profile.prod")
    assert (caller.account, caller.kind, caller.name, caller.session_name) == (ACCOUNT, "role", "prod", "rolecall")
    assert caller.key_id.startswith("ASIA…")
    assert caller.problem is None


@virtual
async def test_a_session_that_does_not_live_is_not_obtained_for_this() -> None:
    pc = ready()
    front = await pc.process()
    error = await rejected(front.tools.who_am_i("profile.prod"))
    assert error.code == "no-session"
    assert "prod" in error.remedy
    assert not pc.sts.calls
    assert (await rejected(front.tools.who_am_i("profile.nobody"))).code == "profile-unknown"
    assert (await rejected(front.tools.who_am_i("identity.nobody"))).code == "identity-unknown"
    assert (await rejected(front.tools.who_am_i("nonsense"))).code == "subject-unknown"


@virtual
async def test_an_identity_says_who_it_is_with_its_own_key() -> None:
    pc = ready()
    front = await pc.process()
    caller = await front.tools.who_am_i("identity.alice")
    assert (caller.arn, caller.kind, caller.name) == (ALICE, "user", "alice")
    del pc.keyring.items["identity/alice"]
    assert (await rejected(front.tools.who_am_i("identity.alice"))).code == "identity-secret-missing"


@virtual
async def test_what_aws_refuses_stands_in_the_answer() -> None:
    pc = ready()
    front = await pc.process()
    pc.sts.queue.append(denied())
    caller = await front.tools.who_am_i("identity.alice")
    assert caller.problem is not None
    assert (caller.problem.code, caller.arn) == ("access-denied", "")
    assert caller.key_id


@virtual
async def test_what_aws_tools_would_use() -> None:
    pc = ready()
    front = await pc.process()
    pc.aws_tools.places = (LookedAt(place="here", found=True, used=True),)
    pc.aws_tools.key = LongTermKey(access_key_id="AKIAX", secret_access_key=Secret("secret-AKIAX"))
    pc.sts.arns["AKIAX"] = ALICE
    caller = await front.tools.who_am_i("aws.work.eu")
    assert pc.aws_tools.asked == ["work.eu"]
    assert (caller.arn, caller.chain) == (ALICE, pc.aws_tools.places)


@virtual
async def test_without_static_keys_nobody_is_asked_and_it_says_why() -> None:
    pc = ready()
    front = await pc.process()
    pc.aws_tools.places = (LookedAt(place="role_arn of p", found=True, used=True, note="They would assume it."),)
    caller = await front.tools.who_am_i("aws")
    assert caller.problem is not None
    assert "They would assume it." in caller.problem.detail
    pc.aws_tools.places = (LookedAt(place="nothing"),)
    nothing = (await front.tools.who_am_i("aws")).problem
    assert nothing is not None
    assert "no credentials" in nothing.title
    assert not pc.sts.calls


# --- Key X-ray --------------------------------------------------------------------------------------------------------


@virtual
async def test_a_key_of_ours_under_x_ray() -> None:
    pc = ready()
    front = await pc.process()
    await front.assume("prod")
    key = key_of(front, "prod")
    foreign = Holder(where="credentials file", name="prod", state="live")
    pc.aws_tools.held[key] = (foreign,)
    pc.aws_tools.ailing = (Ailment(code="x", title="y"),)
    ray = await front.tools.x_ray(f" {key} ")
    assert (ray.account, ray.temporary, ray.problem) == (ACCOUNT, True, None)
    assert [(each.where, each.name, each.state) for each in ray.holders] == [
        ("profile", "prod", "live"),
        ("credentials file", "prod", "live"),
    ]
    assert ray.ailments == pc.aws_tools.ailing


@virtual
async def test_an_identitys_key_is_asked_about_with_the_identity() -> None:
    pc = ready()
    front = await pc.process()
    ray = await front.tools.x_ray(identity().access_key_id)
    assert (ray.account, ray.temporary) == ("111122223333", False)
    assert [(each.where, each.name) for each in ray.holders] == [("identity", "alice")]


@virtual
async def test_an_mfa_session_is_found() -> None:
    pc = machine(mfa_profile("prod"))
    front = await pc.process()
    click = asyncio.create_task(front.assume("prod"))
    await until(lambda: front.snapshot().needs)
    await give_code(front, machine=pc)
    await click
    (keeper,) = front.engine.roster.mfa_sessions.values()
    assert keeper.session.obtained is not None
    ray = await front.tools.x_ray(keeper.session.obtained.access_key_id)
    assert [(each.where, each.name, each.state) for each in ray.holders] == [("mfa session", "alice", "live")]


@virtual
async def test_a_session_of_a_profile_that_is_no_role_is_not_asked_with() -> None:
    pc = machine(profile("me", role="-"), profile("prod"))
    front = await pc.process()
    await front.assume("me")
    await front.tools.x_ray(key_of(front, "me"))
    (call,) = [call for call in pc.sts.calls if call.action == "GetAccessKeyInfo"]
    assert call.signer.access_key_id == identity().access_key_id


@virtual
async def test_an_id_that_is_no_key_is_told_without_asking() -> None:
    pc = ready()
    front = await pc.process()
    ray = await front.tools.x_ray("AROAIOSFODNN7EXAMPLE")
    assert ("role" in ray.kind, ray.account, ray.problem) == (True, "", None)
    assert not pc.sts.calls
    assert (await rejected(front.tools.x_ray("no key id"))).code == "access-key-id"
    assert (await front.tools.x_ray("")).access_key_id == ""


@virtual
async def test_with_nobody_to_ask_the_files_are_told_all_the_same() -> None:
    pc = ready()
    pc.settings.write(
        replace(pc.settings.configuration, identities=MappingProxyType({}), profiles=MappingProxyType({}))
    )
    front = await pc.process()
    pc.aws_tools.ailing = (Ailment(code="x", title="y"),)
    ray = await front.tools.x_ray("AKIAIOSFODNN7EXAMPLE")
    assert ray.problem is not None
    assert (ray.problem.code, ray.ailments) == ("nobody-to-ask", pc.aws_tools.ailing)


@virtual
async def test_a_remedy_is_done() -> None:
    pc = ready()
    front = await pc.process()
    remedy = Remedy(code="file-mode-wide", words="", path="p")
    await front.tools.mend(remedy)
    assert pc.aws_tools.mended == [remedy]


# --- Why denied -------------------------------------------------------------------------------------------------------


@virtual
async def test_a_plain_text_needs_nobody() -> None:
    pc = ready()
    front = await pc.process()
    denial = await front.tools.why_denied(
        f"User: {ALICE} is not authorized to perform: s3:GetObject because no session policy allows the s3:GetObject"
    )
    assert (denial.who, denial.explicit, denial.policy_type) == (ALICE, False, "session policy")
    assert not pc.sts.calls
    assert (await rejected(front.tools.why_denied("hello"))).code == "nothing-denied"


@virtual
async def test_an_encoded_message_is_decoded_with_a_live_session() -> None:
    pc = ready()
    front = await pc.process()
    await front.assume("stage")
    denial = await front.tools.why_denied(MARK)
    assert (denial.decoded_with, denial.explicit, denial.action) == ("stage", True, "s3:PutObject")
    assert "statement “NoEast”" in denial.sentence
    assert json.loads(denial.raw)["allowed"] is False


@virtual
async def test_the_session_in_the_account_of_the_text_decodes() -> None:
    pc = ready("prod", "stage")
    there = profile("there")
    assert there.role_arn is not None
    there = replace(there, role_arn=replace(there.role_arn, account="999900001111"))
    pc.settings.write(
        replace(
            pc.settings.configuration, profiles=MappingProxyType({**pc.settings.configuration.profiles, "there": there})
        )
    )
    front = await pc.process()
    for name in ("prod", "stage", "there"):
        await front.assume(name)
    text = f"User: arn:aws:sts::999900001111:assumed-role/X/y is not authorized to perform: s3:PutObject. {MARK}"
    assert (await front.tools.why_denied(text)).decoded_with == "there"
    assert (await front.tools.why_denied(text, "stage")).decoded_with == "stage"
    assert (await rejected(front.tools.why_denied(text, "nobody"))).code == "profile-unknown"


@virtual
async def test_another_partition_is_never_asked() -> None:
    pc = ready()
    front = await pc.process()
    await front.assume("prod")
    text = f"User: arn:aws-cn:iam::999900001111:user/x is not authorized to perform: s3:PutObject. {MARK}"
    denial = await front.tools.why_denied(text)
    assert denial.problem is not None
    assert denial.problem.code == "no-decoder"
    assert "999900001111" in denial.problem.remedy
    assert denial.who.endswith("user/x")
    assert pc.sts.count("DecodeAuthorizationMessage") == 0


@virtual
async def test_who_may_not_decode_is_named_and_the_next_one_is_asked() -> None:
    pc = ready()
    front = await pc.process()
    await front.assume("prod")
    await front.assume("stage")
    key = key_of(front, "prod")
    refusing = {key}

    def fail(call: Call) -> RolecallError | None:
        return (
            denied() if call.action == "DecodeAuthorizationMessage" and call.signer.access_key_id in refusing else None
        )

    pc.sts.fail = fail
    assert (await front.tools.why_denied(MARK)).decoded_with == "stage"
    refusing.add(key_of(front, "stage"))
    denial = await front.tools.why_denied(f"not authorized to perform: s3:PutObject. {MARK}")
    assert denial.problem is not None
    assert denial.problem.code == "decode-denied"
    assert ":assumed-role/prod/" in denial.problem.detail
    assert "sts:DecodeAuthorizationMessage" in denial.problem.remedy
    assert (denial.action, denial.raw) == ("s3:PutObject", "")


# --- Why failed -------------------------------------------------------------------------------------------------------


def refusal(rest: str = "") -> Denied:
    text = f"User: {ALICE} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::{ACCOUNT}:role/prod"
    return Denied(code="access-denied", title="AWS denied access", detail=text + rest, request_id="r-1")


@virtual
async def test_a_refused_profile_is_explained() -> None:
    pc = ready()
    front = await pc.process()
    pc.sts.queue.append(refusal())
    await rejected(front.assume("prod"))
    denial = await front.tools.why_failed("prod")
    assert denial.sentence.startswith("The user alice in account 111122223333 may not do sts:AssumeRole")
    assert (denial.profile, denial.request_id) == ("prod", "r-1")
    sent = {each.name: each for each in denial.sent}
    assert sent["RoleArn"].value == f"arn:aws:iam::{ACCOUNT}:role/prod"
    assert sent["Signature"].hidden
    causes = {each.title: each for each in denial.causes}
    asked = causes["Somebody else asked than you think"]
    assert (asked.verdict, ALICE in asked.detail) == (Verdict.RULED_OUT, True)
    trust = causes["The role's trust policy does not let you in"]
    assert json.loads(trust.remedy)["Principal"] == {"AWS": ALICE}
    verdicts = [each.verdict for each in denial.causes]
    assert verdicts == sorted(verdicts, key=[Verdict.LIKELY, Verdict.OPEN, Verdict.RULED_OUT].index)
    assert causes["The role demands MFA"].verdict is Verdict.OPEN


@virtual
async def test_an_encoded_refusal_of_our_own_is_decoded() -> None:
    pc = ready()
    front = await pc.process()
    await front.assume("stage")
    pc.sts.queue.append(refusal(f" {MARK}"))
    await rejected(front.assume("prod"))
    denial = await front.tools.why_failed("prod")
    assert (denial.decoded_with, denial.explicit) == ("stage", True)


@virtual
async def test_a_profile_that_was_not_refused_has_nothing_to_explain() -> None:
    pc = ready()
    front = await pc.process()
    await front.assume("prod")
    assert (await rejected(front.tools.why_failed("prod"))).code == "nothing-refused"
    assert (await rejected(front.tools.why_failed("nobody"))).code == "profile-unknown"


@virtual
async def test_a_signer_that_cannot_be_asked_leaves_the_cause_open() -> None:
    pc = machine(profile("hub"), profile("prod", "profile.hub"))
    front = await pc.process()
    await front.assume("hub")
    pc.sts.queue.append(refusal())
    await rejected(front.assume("prod"))
    await front.stop("hub")
    denial = await front.tools.why_failed("prod")
    asked = next(each for each in denial.causes if each.title.startswith("Somebody else"))
    assert asked.verdict is Verdict.OPEN
    assert "hub" in asked.detail


# --- Requests ---------------------------------------------------------------------------------------------------------


@virtual
async def test_the_last_exchange_comes_first() -> None:
    pc = ready()
    front = await pc.process()
    pc.sts.exchanges = tuple(Exchange(action=a, endpoint="x", started=START, seconds=0) for a in ("first", "second"))
    assert [each.action for each in front.tools.requests()] == ["second", "first"]


# --- Federation -------------------------------------------------------------------------------------------------------


@virtual
async def test_a_refused_assertion_is_explained_without_a_signer() -> None:
    pc = corp("prod")
    pc.idp.offer(role("prod"))
    front = await pc.process()
    pc.sts.fail = lambda call: denied() if call.action == "AssumeRoleWithSAML" else None
    click = asyncio.create_task(front.assume("prod"))
    await until(lambda: pc.window.open)
    pc.window.log_in()
    await rejected(click)
    denial = await front.tools.why_failed("prod")
    titles = [each.title for each in denial.causes]
    assert "The SAML provider or the audience is another one" in titles
    assert not [title for title in titles if title.startswith("Somebody else asked")]
    trust = next(each for each in denial.causes if each.title.startswith("The role's trust policy"))
    assert json.loads(trust.remedy)["Action"] == "sts:AssumeRoleWithSAML"
    assert ":saml-provider/" in json.loads(trust.remedy)["Principal"]["Federated"]
    assert {each.name: each.hidden for each in denial.sent}["SAMLAssertion"]
    assert pc.sts.count("GetCallerIdentity") == 0
