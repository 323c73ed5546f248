from __future__ import annotations

import subprocess
import sys

import pytest

from app.adapters import xml

LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'


def test_namespaces_are_dropped() -> None:
    root = xml.parse(b'<a xmlns="urn:x" xmlns:y="urn:y"><y:b> one </y:b><c>t<!-- no -->wo</c></a>')
    assert root.tag == "a"
    assert [child.tag for child in root] == ["b", "c"]
    assert [xml.text_of(child) for child in root] == ["one", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "text",
        LAUGHS,
        OUTSIDE,
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
        "\0",
    ],
)
def test_what_is_not_taken(text: str) -> None:
    with pytest.raises(xml.BrokenXmlError):
        xml.parse(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0" encoding="canary-8"?><a/>',
        "<a>&canary;</a>",
        "<canary><b></canary>",
        '<!DOCTYPE canary SYSTEM "canary"><a/>',
        '<!DOCTYPE a [<!ENTITY canary "x">]><a>&canary;</a>',
    ],
)
def test_what_is_told_of_it_repeats_no_word_of_it(text: str) -> None:
    with pytest.raises(xml.BrokenXmlError) as caught:
        xml.parse(text.encode())
    error: BaseException | None = caught.value
    while error is not None:
        assert "canary" not in repr(error)
        error = error.__cause__ or error.__context__


def test_size_is_bounded() -> None:
    xml.parse(b"<a>" + b"x" * 100 + b"</a>", longest=107)
    with pytest.raises(xml.BrokenXmlError):
        xml.parse(b"<a>" + b"x" * 101 + b"</a>", longest=107)
    with pytest.raises(xml.BrokenXmlError):
        xml.parse(b"<a>" + b"<b/>" * (xml.ELEMENTS_MOST + 1) + b"</a>")


def test_namespaces_can_be_kept() -> None:
    root = xml.parse_with_namespaces(b'<a xmlns="urn:x" xmlns:y="urn:y"><y:b/><c xmlns=""/></a>')
    assert [element.tag for element in root.iter()] == ["{urn:x}a", "{urn:y}b", "c"]


def test_a_long_namespace_is_refused() -> None:
    xml.parse(b'<a xmlns="' + b"u" * xml.NAMESPACE_LONGEST + b'"/>')
    with pytest.raises(xml.ForbiddenXmlError):
        xml.parse(b'<a xmlns="' + b"u" * (xml.NAMESPACE_LONGEST + 1) + b'"/>')


def test_the_encoding_given_counts() -> None:
    document = '<?xml version="1.0" encoding="cp037"?><a>\xe9</a>'
    assert xml.text_of(xml.parse_with_namespaces(document.encode(), encoding="utf-8")) == "\xe9"
    assert xml.text_of(xml.parse_with_namespaces(document.encode("latin-1"), encoding="iso-8859-1")) == "\xe9"
    with pytest.raises(xml.BrokenXmlError):
        xml.parse_with_namespaces(document.encode("latin-1"), encoding="utf-8")


def test_deep_nesting_does_no_harm() -> None:
    deep = 15_000
    root = xml.parse(b"<a>" * deep + b"x" + b"</a>" * deep)
    assert xml.text_of(root) == "x"


def test_only_child() -> None:
    root = xml.parse(b"<a><b>1</b><c/><c/></a>")
    found = xml.only_child(root, "b")
    assert found is not None
    assert xml.text_of(found) == "1"
    assert xml.only_child(root, "d") is None
    with pytest.raises(xml.BrokenXmlError):
        xml.only_child(root, "c")


def test_loading_the_module_loads_no_parser() -> None:
    code = "import app.adapters.xml, sys; sys.exit('defusedxml' in sys.modules or 'xml.etree' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
