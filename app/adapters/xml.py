"""XML from strangers: no DTD, no entities, no network, bounded size.

Namespaces are dropped: what answers is told apart by its element names. defusedxml is loaded with the first document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DOCUMENT_LONGEST = 1024 * 1024
ELEMENTS_MOST = 20_000


class BrokenXmlError(ValueError):
    """The text is not XML that we take. Says why; holds nothing of the text."""


def parse(document: bytes, *, longest: int = DOCUMENT_LONGEST) -> Element:
    """Read a document; its root comes back, all names without namespace.

    Raises BrokenXmlError for what is not well-formed, has a DTD or entities, or is too large.
    """
    import defusedxml
    from defusedxml.ElementTree import ParseError, fromstring

    if len(document) > longest:
        raise BrokenXmlError("larger than any answer")
    try:
        root: Element = fromstring(document, forbid_dtd=True)
    except ParseError as error:
        raise BrokenXmlError(f"not well-formed (line {error.position[0]})") from None
    except defusedxml.DefusedXmlException as error:
        raise BrokenXmlError("has a document type definition") from error
    except (ValueError, LookupError) as error:  # an encoding that does not exist, or is not what it says
        raise BrokenXmlError("in an unknown encoding") from error
    for number, element in enumerate(root.iter()):
        if number > ELEMENTS_MOST:
            raise BrokenXmlError("more elements than any answer")
        element.tag = local_name(element)
    return root


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    """Its direct children of that name."""
    return [child for child in element if child.tag == name]


def only_child(element: Element, name: str) -> Element | None:
    """Its one direct child of that name, or None. Raises BrokenXmlError when there are several."""
    found = children(element, name)
    if len(found) > 1:
        raise BrokenXmlError(f"{name} is there {len(found)} times")
    return found[0] if found else None


def text_of(element: Element) -> str:
    """All text in it, around comments and children too, without the blanks around the whole."""
    return "".join(element.itertext()).strip()
