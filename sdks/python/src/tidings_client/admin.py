"""The app's server: REST commands as an app admin, one method for each (spec/rest/*.yaml).

A method is named as its command is (openim_dirty_words/add: `add_dirty_words`), and returns the command's
answer in full (`rest_types`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from time import time
from types import TracebackType
from typing import Any, Literal, Self, TypedDict, Unpack, cast

import msgspec

from tidings_client import rest_types as rest
from tidings_client.admin_conversations import ConversationCommands
from tidings_client.admin_group_messages import GroupMessageCommands
from tidings_client.admin_group_profiles import GroupProfileCommands
from tidings_client.admin_group_roles import GroupRoleCommands
from tidings_client.admin_group_values import GroupValueCommands
from tidings_client.admin_groups import GroupCommands
from tidings_client.admin_live_rooms import LiveRoomCommands
from tidings_client.admin_messages import MessageCommands
from tidings_client.admin_profiles import ProfileCommands
from tidings_client.admin_relations import RelationCommands
from tidings_client.admin_streams import StreamCommands
from tidings_client.admin_topics import TopicCommands
from tidings_client.elements import Content, to_elements, to_wire
from tidings_client.messages import SendOptions
from tidings_client.rest import RestCaller

UINT32 = 0xFFFF_FFFF
FOR_EVER = UINT32
HISTORY_PAGE = 100
LIVE, HISTORY = 5, 2
WORD = 1
REPLACE, REFUSE = 1, 2
_WEBHOOKS = {"before": "ForbidBeforeSendMsgCallback", "after": "ForbidAfterSendMsgCallback"}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to import; None leaves a value of an existing account as it is."""

    user_id: str
    nick: str | None = None
    face_url: str | None = None


@dataclass(frozen=True, slots=True)
class ForbiddenWord:
    """A word or a regular expression that texts may not have: `replacement` takes its place, None refuses them."""

    text: str
    replacement: str | None = None
    is_expression: bool = False


class AdminSendOptions(SendOptions, total=False):
    """What may be said beside the content of a message from the app's server.

    `store_for_sender`: True also tells the sender's devices, False keeps the message out of the
    sender's history; left out, it is stored for both. `life_time_s`: how long it is kept for an
    offline receiver. `respect_mute`: honour the receiver's do-not-disturb setting. `skip_webhooks`:
    those before or after sending. `seq` and `random`: the message's numbers, for repeating a send safely.
    """

    store_for_sender: bool
    life_time_s: int
    respect_mute: bool
    no_moderation: bool
    skip_webhooks: Sequence[Literal["before", "after"]]
    extensible: bool
    seq: int
    random: int


class ImportOptions(TypedDict, total=False):
    """What may be said of an imported message.

    `is_live`: it counts as unread and is pushed. `seq` and `random`: its numbers in the old system;
    the same message imported twice with them is imported once.
    """

    is_live: bool
    custom_data: str
    seq: int
    random: int


class AdminClient(
    ConversationCommands,
    GroupCommands,
    GroupMessageCommands,
    GroupProfileCommands,
    GroupRoleCommands,
    GroupValueCommands,
    LiveRoomCommands,
    MessageCommands,
    ProfileCommands,
    RelationCommands,
    StreamCommands,
    TopicCommands,
):
    """An app admin, calling the REST door; use it in `async with` or `close` it.

    All methods raise TidingsError with the server's code, NotConnectedError if it cannot be
    reached, TimedOutError if it does not answer.
    """

    def __init__(self, url: str, sdkappid: int, admin: str, usersig_or_key: str) -> None:
        """Call the server at `url` (http://host:port) as `admin`.

        `usersig_or_key`: a UserSig of the admin, or the app's secret key to make UserSigs from as they are needed.
        """
        self._caller = RestCaller(url, sdkappid, admin, usersig_or_key)
        self._chance = SystemRandom()
        self._sdkappid = sdkappid

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._caller.close()

    async def call(self, service_command: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Call any command ("openim/sendmsg") with its fields as they are on the wire."""
        answer = await self._caller.call(service_command, msgspec.json.encode(dict(body)))
        return cast("dict[str, Any]", msgspec.json.decode(answer))

    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request; for fields that its method does not offer."""
        answer = await self._caller.call(request.command, msgspec.json.encode(request))
        return cast("rest.R", msgspec.json.decode(answer, type=request.response))

    async def add_dirty_words(self, *words: str) -> rest.AddResponse:
        """Forbid up to 50 words."""
        return await self.request(rest.AddRequest(dirty_words_list=list(words)))

    async def get_dirty_words(self) -> rest.GetResponse:
        """Return all words that are forbidden."""
        return await self.request(rest.GetRequest())

    async def delete_dirty_words(self, *words: str) -> rest.OpenimDirtyWordsDeleteResponse:
        """Allow up to 50 words again."""
        return await self.request(rest.OpenimDirtyWordsDeleteRequest(dirty_words_list=list(words)))

    async def add_local_audit_keywords(self, *words: ForbiddenWord) -> rest.AddLocalAuditKeywordsResponse:
        """Forbid up to 10 words or expressions, each with an effect of its own."""
        rows = [
            rest.AddLocalAuditKeywordsLocalAuditWords(
                each.text, WORD + each.is_expression, REFUSE if each.replacement is None else REPLACE, each.replacement
            )
            for each in words
        ]
        return await self.request(rest.AddLocalAuditKeywordsRequest(self._sdkappid, rows))

    async def delete_local_audit_keywords(self, *numbers: int) -> rest.DeleteLocalAuditKeywordsResponse:
        """Allow up to 10 words or expressions again, by the `id` that get_local_audit_keywords says."""
        rows = [rest.DeleteLocalAuditKeywordsLocalAuditWords(id=number) for number in numbers]
        return await self.request(rest.DeleteLocalAuditKeywordsRequest(self._sdkappid, rows))

    async def get_local_audit_keywords(
        self, contains: str = "", *, offset: int = 0, limit: int = 100
    ) -> rest.GetLocalAuditKeywordsResponse:
        """Return up to 100 forbidden words and expressions, oldest first; `contains`: only those with this text."""
        return await self.request(rest.GetLocalAuditKeywordsRequest(self._sdkappid, offset, limit, keyword=contains))

    async def account_import(
        self, user_id: str, *, nick: str | None = None, face_url: str | None = None
    ) -> rest.AccountImportResponse:
        """Make an account; for one that exists, only change what is given."""
        return await self.request(rest.AccountImportRequest(user_id=user_id, nick=nick, face_url=face_url))

    async def multiaccount_import(self, accounts: Iterable[str | NewAccount]) -> rest.MultiaccountImportResponse:
        """Make up to 100 accounts; the answer names those that failed."""
        full = (NewAccount(each) if isinstance(each, str) else each for each in accounts)
        rows = [rest.MultiaccountImportAccountList(each.user_id, each.nick, each.face_url) for each in full]
        return await self.request(rest.MultiaccountImportRequest(account_list=rows))

    async def account_delete(self, *user_ids: str) -> rest.AccountDeleteResponse:
        """Delete up to 100 accounts for good; the answer has a row for each."""
        rows = [rest.AccountDeleteDeleteItem(each) for each in user_ids]
        return await self.request(rest.AccountDeleteRequest(delete_item=rows))

    async def account_check(self, *user_ids: str) -> rest.AccountCheckResponse:
        """Ask of up to 100 accounts whether they exist; the answer has a row for each."""
        rows = [rest.AccountCheckCheckItem(each) for each in user_ids]
        return await self.request(rest.AccountCheckRequest(check_item=rows))

    async def kick(self, user_id: str) -> rest.KickResponse:
        """End all logins of a user; UserSigs made until now are worth nothing any more."""
        return await self.request(rest.KickRequest(user_id=user_id))

    async def forbid_illegal_object(self, url: str) -> rest.ForbidIllegalObjectResponse:
        """Ban the file at an address out of a message: ordinary addresses of it give nothing any more."""
        return await self.request(rest.ForbidIllegalObjectRequest(raw_url=url))

    async def allow_banned_object(self, url: str) -> rest.AllowBannedObjectResponse:
        """Lift the ban on a file."""
        return await self.request(rest.AllowBannedObjectRequest(raw_url=url))

    async def get_cos_sig(self, *urls: str) -> rest.GetCosSigResponse:
        """Return, for each file, an address that holds for 15 minutes and also if it is banned, and its state."""
        rows = [rest.GetCosSigRawUrls(number, url) for number, url in enumerate(urls)]
        return await self.request(rest.GetCosSigRequest(raw_urls=rows))

    async def sendmsg(
        self, to: str, content: Content, *, sender: str | None = None, **options: Unpack[AdminSendOptions]
    ) -> rest.SendmsgResponse:
        """Send a message to a user, in the name of `sender` (None: of the admin)."""
        fields = self._message_fields(content, sender, options)
        return await self.request(rest.SendmsgRequest(to_account=to, **fields))

    async def batchsendmsg(
        self, to: Sequence[str], content: Content, *, sender: str | None = None, **options: Unpack[AdminSendOptions]
    ) -> rest.BatchsendmsgResponse:
        """Send one message to up to 500 users; the answer names those that failed."""
        fields = self._message_fields(content, sender, options)
        return await self.request(rest.BatchsendmsgRequest(to_account=list(to), **fields))

    async def importmsg(
        self, sender: str, receiver: str, content: Content, sent_at: int, **options: Unpack[ImportOptions]
    ) -> rest.ImportmsgResponse:
        """Bring a message over from another system; `sent_at` is its time there, unix seconds."""
        return await self.request(
            rest.ImportmsgRequest(
                sync_from_old_system=LIVE if options.get("is_live") else HISTORY,
                from_account=sender,
                to_account=receiver,
                msg_random=options.get("random", self._chance.getrandbits(32)),
                msg_time_stamp=sent_at,
                msg_body=[to_wire(each) for each in to_elements(content)],
                msg_seq=options.get("seq"),
                cloud_custom_data=options.get("custom_data"),
            )
        )

    async def admin_getroammsg(
        self,
        user_id: str,
        peer: str,
        max_count: int = HISTORY_PAGE,
        *,
        since: int = 0,
        until: int = UINT32,
        last_key: str | None = None,
    ) -> rest.AdminGetroammsgResponse:
        """Return a page of a conversation as `user_id` sees it, from `until` back to `since` (unix seconds).

        For the next page, pass `last_msg_time` of the answer as `until` and its `last_msg_key` as `last_key`,
        until `complete` is 1.
        """
        return await self.request(
            rest.AdminGetroammsgRequest(
                operator_account=user_id,
                peer_account=peer,
                max_cnt=max_count,
                min_time=since,
                max_time=until,
                last_msg_key=last_key,
            )
        )

    async def admin_msgwithdraw(self, sender: str, receiver: str, key: str) -> rest.AdminMsgwithdrawResponse:
        """Take a message back, however old it is."""
        request = rest.AdminMsgwithdrawRequest(from_account=sender, to_account=receiver, msg_key=key)
        return await self.request(request)

    async def admin_set_msg_read(
        self, reader: str, peer: str, up_to: int | None = None
    ) -> rest.AdminSetMsgReadResponse:
        """Mark a conversation as read by `reader` up to a time, unix seconds; None means now."""
        request = rest.AdminSetMsgReadRequest(report_account=reader, peer_account=peer, msg_read_time=up_to)
        return await self.request(request)

    async def get_c2c_unread_msg_num(
        self, user_id: str, peers: Sequence[str] | None = None
    ) -> rest.GetC2cUnreadMsgNumResponse:
        """Count a user's unread messages: in all, or in each conversation with up to 10 `peers`."""
        asked = None if peers is None else list(peers)
        return await self.request(rest.GetC2cUnreadMsgNumRequest(to_account=user_id, peer_account=asked))

    async def query_online_status(
        self, user_ids: Sequence[str], *, by_platform: bool = False
    ) -> rest.QueryOnlineStatusResponse:
        """Ask whether up to 500 users are online, with `by_platform` on which devices."""
        detail = 1 if by_platform else None
        return await self.request(rest.QueryOnlineStatusRequest(to_account=list(user_ids), is_need_detail=detail))

    async def querystate(self, user_ids: Sequence[str]) -> rest.QuerystateResponse:
        """Ask as `query_online_status` does, by its older name."""
        return await self.request(rest.QuerystateRequest(to_account=list(user_ids)))

    async def setnospeaking(
        self, user_id: str, *, messages_s: int | None = None, groups_s: int | None = None
    ) -> rest.SetnospeakingResponse:
        """Mute a user in one-to-one chats, in groups or both for so many seconds: 0 ends it, FOR_EVER is for ever."""
        request = rest.SetnospeakingRequest(
            set_account=user_id, c2cmsg_nospeaking_time=messages_s, groupmsg_nospeaking_time=groups_s
        )
        return await self.request(request)

    async def getnospeaking(self, user_id: str) -> rest.GetnospeakingResponse:
        """Ask for how many seconds more a user is mute."""
        return await self.request(rest.GetnospeakingRequest(get_account=user_id))

    async def getappinfo(self, figures: Sequence[str] | None = None) -> rest.GetappinfoResponse:
        """Return the app's figures of up to 30 days, the newest first; all of them, or those named as on the wire."""
        asked = None if figures is None else list(figures)
        return await self.request(rest.GetappinfoRequest(request_field=asked))

    async def get_history(self, hour: datetime) -> rest.GetHistoryResponse:
        """Return where the one-to-one messages of an hour can be downloaded; the hour is in the app's own time."""
        return await self.request(rest.GetHistoryRequest(chat_type="C2C", msg_time=hour.strftime("%Y%m%d%H")))

    async def get_ip_list(self) -> rest.GetiplistResponse:
        """Return the server's IP addresses and ranges."""
        return await self.request(rest.GetiplistRequest())

    def _message_fields(self, content: Content, sender: str | None, options: AdminSendOptions) -> dict[str, Any]:
        """Return what both ways of sending have in common."""
        push, store = options.get("push"), options.get("store_for_sender")
        return {
            "from_account": sender,
            "msg_seq": options.get("seq", int(time() * 1000) & UINT32),
            "msg_random": options.get("random", self._chance.getrandbits(32)),
            "msg_body": [to_wire(each) for each in to_elements(content)],
            "sync_other_machine": None if store is None else 1 if store else 2,
            "msg_life_time": options.get("life_time_s"),
            "online_only_flag": int(options.get("online_only", False)) or None,
            "cloud_custom_data": options.get("custom_data"),
            "send_msg_control": _controls(options) or None,
            "forbid_callback_control": [_WEBHOOKS[each] for each in options.get("skip_webhooks", ())] or None,
            "offline_push_info": None if push is None else push.to_wire(),
            "is_need_read_receipt": int(options.get("need_receipt", False)) or None,
            "support_message_extension": int(options.get("extensible", False)) or None,
        }


def _controls(options: AdminSendOptions) -> list[str]:
    flags = {
        "NoUnread": options.get("no_unread"),
        "NoLastMsg": options.get("no_last_message"),
        "WithMuteNotifications": options.get("respect_mute"),
        "NoMsgCheck": options.get("no_moderation"),
    }
    return [name for name, is_on in flags.items() if is_on]
