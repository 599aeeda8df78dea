"""OfflinePushInfo: how a message is shown by vendor pushes (spec/messages.md, section 22)."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from tidings.errors import BAD_PUSH_INFO

MAX_TEXT_BYTES = 3072
Bit = Annotated[int, Meta(ge=0, le=1)]


class Language(Struct):
    """Title and text for one device language."""

    language: str = field(name="Language")
    title: str = field(name="Title", default="")
    desc: str = field(name="Desc", default="")


class AndroidInfo(Struct):
    """Settings of the Android vendors' pushes."""

    sound: str = field(name="Sound", default="")
    style: Bit = field(name="PushStyle", default=0)
    huawei_channel: str = field(name="HuaWeiChannelID", default="")
    huawei_importance: str = field(name="HuaWeiImportance", default="")
    huawei_category: str = field(name="HuaWeiCategory", default="")
    huawei_image: str = field(name="HuaWeiImage", default="")
    huawei_intent: Bit = field(name="ExtAsHuaweiIntentParam", default=0)
    honor_importance: str = field(name="HonorImportance", default="")
    honor_image: str = field(name="HonorImage", default="")
    xiaomi_channel: str = field(name="XiaoMiChannelID", default="")
    oppo_channel: str = field(name="OPPOChannelID", default="")
    oppo_category: str = field(name="OPPOCategory", default="")
    oppo_level: int = field(name="OPPONotifyLevel", default=0)
    oppo_template: str = field(name="OPPOPrivateMsgTemplateId", default="")
    oppo_title_parameters: dict[str, Any] = field(name="OPPOPrivateTitleParameters", default_factory=dict)
    oppo_content_parameters: dict[str, Any] = field(name="OPPOPrivateContentParameters", default_factory=dict)
    vivo_classification: Bit = field(name="VIVOClassification", default=1)
    vivo_category: str = field(name="VIVOCategory", default="")
    vivo_notify: str | int = field(name="VIVONotifyType", default="")
    google_channel: str = field(name="GoogleChannelID", default="")
    google_image: str = field(name="GoogleImage", default="")
    google_priority: str = field(name="GooglePriority", default="")
    meizu_type: Bit = field(name="MeiZuNoticeMsgType", default=0)


class ApnsInfo(Struct):
    """Settings of Apple's push."""

    sound: str = field(name="Sound", default="")
    badge_mode: Bit = field(name="BadgeMode", default=0)
    title: str = field(name="Title", default="")
    sub_title: str = field(name="SubTitle", default="")
    image: str = field(name="Image", default="")
    mutable_content: Bit = field(name="MutableContent", default=0)
    interruption_level: str = field(name="InterruptionLevel", default="")
    content_available: Bit = field(name="ContentAvailable", default=0)
    is_voip: Bit = field(name="IsVoipPush", default=0)
    live_activity: dict[str, Any] = field(name="LiveActivity", default_factory=dict)


class HarmonyInfo(Struct):
    """Settings of Harmony's push."""

    title: str = field(name="Title", default="")
    category: str = field(name="Category", default="")
    image: str = field(name="Image", default="")
    sound: str = field(name="Sound", default="")
    sound_seconds: int = field(name="SoundDuration", default=0)


class PushInfo(Struct):
    """The whole of OfflinePushInfo."""

    flag: Bit = field(name="PushFlag", default=0)
    title: str = field(name="Title", default="")
    desc: str = field(name="Desc", default="")
    ext: str = field(name="Ext", default="")
    languages: list[Language] = field(name="MultiLanguageContent", default_factory=list)
    android: AndroidInfo | None = field(name="AndroidInfo", default=None)
    apns: ApnsInfo | None = field(name="ApnsInfo", default=None)
    harmony: HarmonyInfo | None = field(name="HarmonyInfo", default=None)
    badge_add: Annotated[int, Meta(ge=1, le=99)] | None = field(name="BadgeAddNum", default=None)
    badge_set: Annotated[int, Meta(ge=0, le=999)] | None = field(name="BadgeSetNum", default=None)
    template: str = field(name="PushTemplateId", default="")
    template_values: dict[str, Any] = field(name="PushTemplateParam", default_factory=dict)


_decode = msgspec.json.Decoder(PushInfo).decode


def check_push_info(raw: bytes | memoryview) -> bytes:
    """Return OfflinePushInfo as bytes, as it came; raises 90043 if it does not fit the format."""
    try:
        info = _decode(raw)
        str(raw, "utf-8")  # parts that nobody decodes are kept: they must be text, too
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BAD_PUSH_INFO(detail=error) from error
    size = len(info.desc.encode()) + len(info.ext.encode())
    if size > MAX_TEXT_BYTES:
        raise BAD_PUSH_INFO(detail=f"Desc and Ext have {size} bytes, at most {MAX_TEXT_BYTES} are allowed")
    return bytes(raw)
