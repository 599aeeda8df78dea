"""What of a message body people read: the texts that words are looked for in (spec/messages.md, section 1)."""

from collections.abc import Callable

import msgspec
from msgspec import Raw, Struct, field

Change = Callable[[str], str]

# A member is a text or an array of texts. What an app keeps for itself (Data, Ext) is not read by people.
_SEARCHED: dict[str, tuple[str, ...]] = {
    "TIMTextElem": ("Text",),
    "TIMLocationElem": ("Desc",),
    "TIMCustomElem": ("Desc",),
    "TIMFileElem": ("FileName",),
    "TIMRelayElem": ("Title", "AbstractList"),
}
_SCREENED = {**_SEARCHED, "TIMRelayElem": ("Title", "AbstractList", "CompatibleText")}
_NESTED, _BODY = "MsgList", "MsgBody"
_STREAM, _CHUNKS, _MARKDOWN = "TIMStreamElem", "Chunks", "Markdown"


class _Element(Struct, gc=False):
    """An element whose members nobody has looked at."""

    type: str = field(name="MsgType", default="")
    content: dict[str, Raw] = field(name="MsgContent", default_factory=dict)


class _Chunk(Struct, gc=False):
    """A piece of a stream."""

    markdown: str = field(name=_MARKDOWN, default="")


_chunks = msgspec.json.Decoder(list[_Chunk]).decode
_markdown = msgspec.json.Decoder(str).decode
_NO_TEXT = Raw(b'""')
_elements = msgspec.json.Decoder(list[_Element]).decode
_members = msgspec.json.Decoder(dict[str, Raw]).decode
_items = msgspec.json.Decoder(list[Raw]).decode
_text = msgspec.json.Decoder(str | list[str]).decode
_encode = msgspec.json.Encoder().encode


def types_and_texts(body: bytes) -> tuple[list[str], list[str]]:
    """Return the types of a body's elements, and the texts that a search finds it by; none if it is no body."""
    try:
        elements = _elements(body)
        texts: list[str] = []
        for element in elements:
            for name in _SEARCHED.get(element.type, ()):
                if name in element.content:
                    found = _text(element.content[name])
                    texts += [found] if isinstance(found, str) else found
            if element.type == _STREAM and _CHUNKS in element.content:
                texts.append("".join(chunk.markdown for chunk in _chunks(element.content[_CHUNKS])))
    except msgspec.MsgspecError:
        return [], []
    return [element.type for element in elements], texts


def replaced_texts(body: bytes, change: Change) -> bytes:
    """Return a body with every text as `change` makes it, those of merged messages too.

    The rest stays byte for byte, and so does a body in which nothing changes. The body is a checked one.
    """
    elements = [_members(item) for item in _items(body)]
    changes = [_change_element(element, change) for element in elements]
    return _encode(elements) if any(changes) else body


def _change_element(element: dict[str, Raw], change: Change) -> bool:
    kind = _text(element["MsgType"])
    content = _members(element["MsgContent"])
    changes = [_change_text(content, name, change) for name in _SCREENED.get(str(kind), ()) if name in content]
    if kind == "TIMRelayElem" and _NESTED in content:
        changes.append(_change_nested(content, change))
    if kind == _STREAM and _CHUNKS in content:
        changes.append(_change_chunks(content, change))
    if not any(changes):
        return False
    element["MsgContent"] = Raw(_encode(content))
    return True


def _change_text(content: dict[str, Raw], name: str, change: Change) -> bool:
    before = _text(content[name])
    after = change(before) if isinstance(before, str) else [change(text) for text in before]
    if after == before:
        return False
    content[name] = Raw(_encode(after))
    return True


def _change_chunks(content: dict[str, Raw], change: Change) -> bool:
    """Change the text of a stream; what its pieces make together is put into the first one."""
    chunks = [_members(item) for item in _items(content[_CHUNKS])]
    texts = [_markdown(chunk.get(_MARKDOWN, _NO_TEXT)) for chunk in chunks]
    before = "".join(texts)
    after = change(before)
    if after == before:
        return False
    for place, chunk in enumerate(chunks):
        chunk[_MARKDOWN] = Raw(_encode("" if place else after))
    content[_CHUNKS] = Raw(_encode(chunks))
    return True


def _change_nested(content: dict[str, Raw], change: Change) -> bool:
    """Change the texts of merged messages; what has not the form of one is passed over."""
    items = _items(content[_NESTED])
    has_changed = False
    for place, item in enumerate(items):
        try:
            message = _members(item)
            before = bytes(message[_BODY])
            after = replaced_texts(before, change)
        except (msgspec.MsgspecError, KeyError):
            continue
        if after != before:
            message[_BODY] = Raw(after)
            items[place] = Raw(_encode(message))
            has_changed = True
    if has_changed:
        content[_NESTED] = Raw(_encode(items))
    return has_changed
