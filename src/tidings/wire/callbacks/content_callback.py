"""Callbacks of content_callback. Made by tools/generate_callbacks.py from spec/webhooks.yaml: change those instead."""

from typing import ClassVar

from msgspec import UNSET, Struct, UnsetType, field

from tidings.wire.callbacks.callback import Callback


class ContentCallbackResultNotifyContactItem(Struct, kw_only=True):
    """A part of ContactItem."""

    contact_type: int = field(name="ContactType")
    to_account: str | UnsetType = field(name="To_Account", default=UNSET)
    to_group_id: str | UnsetType = field(name="ToGroupId", default=UNSET)


class ContentCallbackResultNotify(Callback, kw_only=True):
    """Cloud moderation result."""

    callback: ClassVar[str] = "ContentCallback.ResultNotify"
    tells_address: ClassVar[bool] = False
    tells_platform: ClassVar[bool] = False
    scene: str = field(name="Scene")
    sdk_app_id: int = field(name="SdkAppId")
    from_account: str = field(name="From_Account")
    contact_item: ContentCallbackResultNotifyContactItem = field(name="ContactItem")
    content_type: str = field(name="ContentType")
    text_content: list[str] = field(name="TextContent")
    msg_id: str = field(name="MsgID")
    ctxcb_result: int = field(name="CtxcbResult")
    ctxcb_request_id: str = field(name="CtxcbRequestId")
    ctxcb_keywords: list[str] = field(name="CtxcbKeywords")
    ctxcb_suggestion: str = field(name="CtxcbSuggestion")
    ctxcb_label: str = field(name="CtxcbLabel")
    ctxcb_sub_label: str = field(name="CtxcbSubLabel")
    ctxcb_sub_label_desc: str = field(name="CtxcbSubLabelDesc")
    ctxcb_lib_name: str = field(name="CtxcbLibName")
    cloud_custom_data: str = field(name="CloudCustomData")
