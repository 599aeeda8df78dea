import pytest

from tidings_client.elements import (
    Chunk,
    Custom,
    Element,
    Face,
    File,
    Image,
    ImageVersion,
    Location,
    Merged,
    Raw,
    Sound,
    Stream,
    Text,
    Video,
    WireElement,
    from_wire,
    to_elements,
    to_wire,
)

EACH: list[Element] = [
    Text(text="hi"),
    Custom(data="{}", description="d", extension="e", sound="s.aiff"),
    Face(index=3, data="tiger"),
    Location(description="here", latitude=1.5, longitude=-2.5),
    Sound(url="https://x/y", uuid="u", size=9, seconds=2),
    Image(uuid="u", image_format=1, versions=(ImageVersion(version=3, size=4, width=5, height=6, url="https://x"),)),
    File(url="https://x", uuid="u", size=9, name="a.txt"),
    Video(url="https://x", uuid="u", size=9, seconds=2, still_url="https://y", still_width=5),
    Stream(chunks=(Chunk(markdown="a", index=1, is_last=True),), id="s", alternative="old"),
    Merged(title="t", count=1, alternative="old", lines=("a",), messages=({"MsgSeq": 1},), key="k"),
    Raw(kind_on_wire="TIMNewElem", content={"Size": 1}),
]


@pytest.mark.parametrize("element", EACH, ids=lambda each: type(each).__name__)
def test_element_comes_back_from_the_wire_as_it_was(element: Element) -> None:
    assert from_wire(to_wire(element)) == element


def test_names_on_the_wire() -> None:
    assert to_wire(Text(text="hi")) == WireElement("TIMTextElem", {"Text": "hi"})
    image = to_wire(Image(uuid="u", versions=(ImageVersion(url="https://x"),)))
    assert list(image.content["ImageInfoArray"]) == [
        {"Type": 1, "Size": 0, "Width": 0, "Height": 0, "URL": "https://x"}
    ]


@pytest.mark.parametrize(
    "wire",
    [
        WireElement("TIMNewElem", {"A": 1}),
        WireElement("TIMTextElem", {"Text": 7}),
        WireElement("TIMTextElem", {}),
        WireElement("TIMTextElem", {"Text": "hi", "Unknown": 1}),
    ],
)
def test_what_is_not_known_loses_nothing(wire: WireElement) -> None:
    element = from_wire(wire)
    assert element == Raw(kind_on_wire=wire.kind, content=wire.content)
    assert to_wire(element) == wire


def test_content_may_be_a_text_one_element_or_several() -> None:
    text = Text(text="hi")
    assert to_elements("hi") == to_elements(text) == to_elements([text]) == (text,)


def test_a_stream_is_the_text_of_its_pieces() -> None:
    growing = Stream(chunks=(Chunk(markdown="a", index=1), Chunk(markdown="b", index=2)))
    assert (growing.text, growing.is_finished, Stream().is_finished) == ("ab", False, False)
    assert Stream(chunks=(Chunk(is_last=True),)).is_finished
