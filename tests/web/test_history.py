from tests.web.browser import Page
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator

PAGE = 15  # messages that a client asks for at a time


def test_fresh_device_pages_back_through_the_conversation(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    sent = [alice.send(named("bob"), f"line {number}")["ID"] for number in range(2 * PAGE + 5)]
    bob.wait_text(f"line {2 * PAGE + 4}")
    for fresh, peer in ((enter(named("alice")), "bob"), (enter(named("bob")), "alice")):
        pages = _all_pages(fresh, named(peer))
        assert [len(page) for page in pages] == [5, PAGE, PAGE]
        assert [message["ID"] for page in pages for message in page] == sent


def _all_pages(page: Page, peer: str) -> list[list[dict[str, object]]]:
    """Return pages of messages, oldest first."""
    answer = page.history(peer)
    pages = [answer["messageList"]]
    while not answer["isCompleted"]:
        answer = page.history(peer, answer["nextReqMessageID"])
        pages.insert(0, answer["messageList"])
    return pages


def test_fresh_device_lists_conversations_newest_first_with_unread_numbers(
    enter: Enter, emulator: Emulator, named: Name
) -> None:
    alice = enter(named("alice"))
    for name in ("bob", "carol"):
        emulator.rest("im_open_login_svc/account_import", {"UserID": named(name)})
    emulator.import_text(named("carol"), named("bob"), "one", age_s=60)
    alice.send(named("bob"), "two")
    alice.send(named("bob"), "three")
    listed = enter(named("bob"))
    listed.wait("TOTAL_UNREAD_MESSAGE_COUNT_UPDATED", 3)
    assert listed.run("getTotalUnreadMessageCount") == 3
    rows = listed.conversations()
    assert {name: row["unreadCount"] for name, row in rows.items()} == {named("alice"): 2, named("carol"): 1}
    assert [row["lastMessage"]["payload"]["text"] for row in rows.values()] == ["three", "one"]


def test_listed_device_counts_what_comes_live(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    for number in range(1, 4):
        alice.send(named("bob"), f"number {number}")
        bob.wait("TOTAL_UNREAD_MESSAGE_COUNT_UPDATED", number)
        assert bob.conversations()[named("alice")]["unreadCount"] == number
    assert alice.run("getTotalUnreadMessageCount") == 0
