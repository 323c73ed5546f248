"""XML from strangers: no DTD, no entities, no network, bounded size.

`parse` drops namespaces: what answers is told apart by its element names. `parse_with_namespaces` keeps them, for
documents in which a foreign element may bear a known name. defusedxml is loaded with the first document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element, TreeBuilder

DOCUMENT_LONGEST = 1024 * 1024
ELEMENTS_MOST = 20_000
NAMESPACE_LONGEST = 1024


class BrokenXmlError(ValueError):
    """The text is not XML that we take. Says why; holds nothing of the text."""


class ForbiddenXmlError(BrokenXmlError):
    """The text may be XML, but has what no answer needs: a DTD, far too much of something. Says what."""


def parse(document: bytes, *, longest: int = DOCUMENT_LONGEST) -> Element:
    """Read a document; its root comes back, all names without namespace.

    Raises BrokenXmlError for what is not well-formed, has a DTD or entities, or is too large.
    """
    return _read(document, longest, None, _local)


def parse_with_namespaces(document: bytes, *, longest: int = DOCUMENT_LONGEST, encoding: str | None = None) -> Element:
    """Read a document; its root comes back, names like `{namespace}name`. Raises BrokenXmlError as `parse` does.

    `encoding` counts instead of the one that the document declares: then no document has a codec loaded.
    """
    return _read(document, longest, encoding, _whole)


def _read(document: bytes, longest: int, encoding: str | None, named: Callable[[str], str]) -> Element:
    """Read a document whose elements get the names that `named` makes of `namespace}name`."""
    import defusedxml
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    if len(document) > longest:
        raise BrokenXmlError("larger than any answer")
    # The builder is given: the parser's own one is written in Python, and recurses.
    builder = _builder()
    parser = DefusedXMLParser(target=builder, encoding=encoding, forbid_dtd=True)
    parser.parser.StartNamespaceDeclHandler = _check_namespace
    parser.parser.StartElementHandler = _begin(builder, named)
    parser.parser.EndElementHandler = builder.end
    fault: BrokenXmlError
    try:
        parser.feed(document)
        root: Element = parser.close()
    except ParseError as error:
        fault = BrokenXmlError(f"not well-formed (line {error.position[0]})")
    except defusedxml.DefusedXmlException:
        fault = ForbiddenXmlError("a document type definition")
    except BrokenXmlError:
        raise
    except (ValueError, LookupError):  # an encoding that does not exist, or is not what it says
        fault = BrokenXmlError("in an unknown encoding")
    else:
        return root
    # Raised here, it has no cause: what those say repeats names of the text, and with them what was sent
    raise fault


def _begin(builder: TreeBuilder, named: Callable[[str], str]) -> Callable[[str, list[str]], None]:
    """What takes the begin of an element: its name, and its attributes' names and values in turn."""
    left = ELEMENTS_MOST

    def begin(name: str, given: list[str]) -> None:
        nonlocal left
        if left < 0:
            raise ForbiddenXmlError("more elements than any answer")
        left -= 1
        pairs = iter(given)
        builder.start(named(name), {_whole(key): value for key, value in zip(pairs, pairs, strict=True)})

    return begin


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _whole(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _builder() -> TreeBuilder:
    from xml.etree.ElementTree import TreeBuilder  # builds only, defusedxml parses

    return TreeBuilder()


def _check_namespace(_prefix: str | None, uri: str | None) -> None:
    # Every different name carries its namespace: a long one would make a small document a large tree.
    if len(uri or "") > NAMESPACE_LONGEST:
        raise ForbiddenXmlError("a namespace longer than any")


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return _local(element.tag)


def children(element: Element, name: str) -> list[Element]:
    """Its direct children of that name."""
    return [child for child in element if child.tag == name]


def only_child(element: Element, name: str) -> Element | None:
    """Its one direct child of that name, or None. Raises BrokenXmlError when there are several."""
    found = None
    for child in element:
        if child.tag == name:
            if found is not None:
                raise BrokenXmlError(f"{name} is there {len(children(element, name))} times")
            found = child
    return found


def text_of(element: Element) -> str:
    """All text in it, around comments and children too, without the blanks around the whole."""
    return "".join(element.itertext()).strip()
