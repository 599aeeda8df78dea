"""Every error a caller can be told, declared once: code, cause, remedy (spec/errors.tsv).

A `Fault` is a value; calling it makes the exception: `raise USER_MISMATCH(asked=a, signed=b)`.
The braces in a text are filled from the call. Nothing secret may be put into them.
"""

from dataclasses import dataclass


class TidingsError(Exception):
    """A fault that happened; `code` and `info` go to the caller."""

    def __init__(self, fault: "Fault", cause: str) -> None:
        """Keep the declared fault and the cause with its details filled in."""
        super().__init__(cause)
        self.fault = fault
        self.code = fault.code
        self.info = f"{cause}; {fault.remedy}" if fault.remedy else cause


@dataclass(frozen=True, slots=True)
class Fault:
    """A declared error: its wire code, why it happens and what to do about it."""

    code: int
    cause: str
    remedy: str = ""

    def __call__(self, **details: object) -> TidingsError:
        """Make the exception, with the details filled into the cause."""
        return TidingsError(self, self.cause.format(**details))


# --- UserSig and account (spec/auth.md, section 5) ---
SIG_EXPIRED = Fault(70001, "UserSig expired {detail}", "make a new UserSig and log in again")
SIG_NOT_YET_VALID = Fault(
    70001,
    "UserSig is not valid yet: it was signed at {signed_at}, {lead} s ahead of this server's clock",
    "set the clock of the app's server, or of this server",
)
SIG_EMPTY = Fault(70002, "UserSig is empty", "send the UserSig that the app's server made for this UserID")
SIG_MALFORMED = Fault(
    70003, "UserSig is malformed: {detail}", "send it whole and unchanged, as the signing library returned it"
)
SIG_MISMATCH = Fault(
    70009,
    "UserSig does not verify with any key of SDKAppID {sdk_app_id}: {detail}",
    "sign with a current key of this app (tidings app key list)",
)
SIG_OTHER_USER = Fault(
    70013, "the request is from UserID {asked!r}, the UserSig was made for {signed!r}", "use one UserID in both"
)
SIG_OTHER_APP = Fault(
    70014, "the request is for SDKAppID {asked}, the UserSig was made for {signed}", "use one SDKAppID in both"
)
NO_PUBLIC_KEY = Fault(
    70016,
    "SDKAppID {sdk_app_id} has no public key, but the UserSig is of version 1 (ECDSA)",
    "add the key (tidings app key add --public) or sign with version 2",
)
APP_NOT_FOUND = Fault(70020, "SDKAppID {sdk_app_id} is not known here", "check the SDKAppID and the server's address")
SIG_CHECKED_TOO_OFTEN = Fault(
    70050, "too many failed UserSig checks for {user_id!r}", "wait a minute, then send a valid one"
)
ACCOUNT_BARRED = Fault(70051, "account {user_id!r} is barred", "ask the app's operator")
SIG_VOID = Fault(
    70052, "UserSig was made at {signed_at}, not after the account was kicked at {void_until}", "make a new UserSig"
)
ACCOUNT_NOT_FOUND = Fault(70107, "account {user_id!r} does not exist", "import it, or let it log in once")
BAD_ACCOUNT_REQUEST = Fault(70402, "{detail}", "check the request against the command's reference")
ACCOUNT_ADMIN_REQUIRED = Fault(70403, "{user_id!r} is no app admin", "call as an app admin")
ACCOUNT_INTERNAL = Fault(70500, "internal error", "retry")

# --- REST envelope (spec/auth.md, section 6) ---
HTTP_MALFORMED = Fault(
    60002,
    "{detail}",
    "call POST /v4/<service>/<command>?sdkappid=..&identifier=..&usersig=..&random=..&contenttype=json",
)
BODY_NOT_JSON = Fault(
    60003, "the body is not a JSON object: {detail}", "send one JSON object, {} when nothing is needed"
)
IDENTIFIER_MISSING = Fault(
    60004, "query parameter identifier is missing or no UserID", "send the UserID of an app admin"
)
USERSIG_MISSING = Fault(60005, "query parameter usersig is missing", "send the UserSig of identifier")
APP_INVALID = Fault(
    60006, "sdkappid {sdk_app_id!r} is no application of this server", "check the number (tidings app list)"
)
COMMAND_TOO_OFTEN = Fault(60007, "{command} is limited to {limit} calls a second for an app", "slow down")
NO_SUCH_COMMAND = Fault(
    60009,
    "no command {command!r} here",
    "check the name letter by letter; docs/reference/commands.md lists what this version answers",
)
REST_ADMIN_REQUIRED = Fault(
    60010, "{user_id!r} is a user but no app admin", "appoint it (tidings app admin add) or call as an admin"
)
APP_MISSING = Fault(60012, "query parameter sdkappid is missing", "add it")
APP_DISABLED = Fault(60016, "SDKAppID {sdk_app_id} is disabled", "enable it (tidings app enable)")

# --- messages (spec/messages.md, section 23) ---
BAD_PACKET = Fault(20001, "malformed packet: {detail}", "check the client")
TICKET_EXPIRED = Fault(20002, "the session's ticket is void: {detail}", "log in again")
PARTY_UNKNOWN = Fault(20003, "account {user_id!r} does not exist", "import it, or let it log in once")
MESSAGE_INTERNAL = Fault(20005, "internal error", "retry")
SENDER_MUTED = Fault(20012, "{user_id!r} is muted in one-to-one chats", "wait, or end it (openconfigsvr/setnospeaking)")
RECALL_TOO_LATE = Fault(20016, "the message is {age} s old, recall is open for {window} s", "")
MESSAGE_NOT_FOUND = Fault(20022, "no message {key!r} in this conversation", "check key, sender and receiver")
ALREADY_RECALLED = Fault(20023, "message {key!r} is recalled already", "")
NOTHING_TO_MODIFY = Fault(20026, "no message {key!r} to modify in this conversation", "check key, sender and receiver")
VERSION_CONFLICT = Fault(
    20027, "the message is at version {current}, the change was made from {given}", "fetch it again and retry"
)
MODIFY_CONFLICT = Fault(20028, "another modification of message {key!r} came first", "retry")
BAD_SERVICE_REQUEST = Fault(10004, "{detail}", "check the request against the command's reference")
EXTENSION_CONFLICT = Fault(23001, "pair {key!r} was changed by somebody else", "fetch its newest Seq and retry")
MESSAGE_NOT_EXTENSIBLE = Fault(
    23002, "message {key!r} was sent without SupportMessageExtension", "send messages with SupportMessageExtension 1"
)
EXTENSIONS_TOO_OFTEN = Fault(
    23003, "extensions of this message were changed {limit} times in this minute", "change them less often"
)
TOO_MANY_EXTENSIONS = Fault(23003, "the message would have {count} pairs, at most {limit} are allowed", "delete some")
EXTENSION_MESSAGE_NOT_FOUND = Fault(
    23004, "no message {key!r} in this conversation, or it is recalled", "check MsgKey and both accounts"
)
TOO_MANY_REACTIONS = Fault(23005, "the message has {limit} different reactions already", "use one of those")
TOO_MANY_REACTING = Fault(23006, "{limit} users react so already, more are not counted", "")
ALREADY_REACTED = Fault(23007, "this user reacts so already", "nothing needs to be done")
STREAM_OVER = Fault(20026, "{detail}", "begin a new stream")
STREAM_TOO_OFTEN = Fault(60007, "the stream got {limit} pieces in this second", "send longer pieces, one every 200 ms")
MERGED_NOT_FOUND = Fault(20022, "there are no merged messages under key {key!r}", "they go when nobody reads them")
MERGED_TOO_LONG = Fault(80002, "the merged messages have {size} bytes, at most {limit} are allowed", "merge fewer")
TOO_MANY_ROBOTS = Fault(10008, "the app has {limit} robots already", "delete one first")
ROBOT_LOGIN = Fault(
    70051, "{user_id!r} is a chatbot's name, and chatbots do not log in", "call as an app admin and name it as sender"
)
NO_ROBOT = Fault(10004, "{user_id!r} is no robot of this app", "create it with create_robot")
MESSAGE_TOO_LONG = Fault(80002, "the message has {size} bytes, at most {limit} are allowed", "shorten it")
BAD_MESSAGE_JSON = Fault(90001, "{detail}", "check the request against the command's reference")
BAD_MESSAGE_BODY = Fault(90002, "MsgBody does not match the format: {detail}", "check MsgBody")
BAD_RECEIVER = Fault(90003, "To_Account: {detail}", "send a UserID")
BAD_MESSAGE_SEQ = Fault(90004, "MsgSeq: {detail}", "send an unsigned 32-bit integer")
BAD_MESSAGE_RANDOM = Fault(90005, "MsgRandom: {detail}", "send an unsigned 32-bit integer")
BAD_MESSAGE_TIME = Fault(90006, "MsgTimeStamp: {detail}", "send unix seconds")
MESSAGE_BODY_NO_ARRAY = Fault(90007, "MsgBody is no array", "send an array of elements")
BAD_SENDER = Fault(90008, "From_Account: {detail}", "send a UserID of this app")
MESSAGE_ADMIN_REQUIRED = Fault(90009, "{user_id!r} is no app admin", "call as an app admin")
BAD_ELEMENT = Fault(90010, "an element of MsgBody does not match its type: {detail}", "check MsgType and MsgContent")
TOO_MANY_ACCOUNTS = Fault(90011, "{count} accounts in one call, at most {limit} are allowed", "split the call")
RECEIVER_NOT_FOUND = Fault(90012, "To_Account {user_id!r} does not exist", "import it")
BAD_LIFETIME = Fault(90026, "MsgLifeTime: {detail}", "send 0 to 604800 seconds")
BATCH_NO_ARRAY = Fault(90028, "To_Account is no array", "send an array of UserIDs")
BATCH_EMPTY = Fault(90029, "To_Account is empty", "send at least one UserID")
BAD_IMPORT_KIND = Fault(90030, "SyncFromOldSystem: {detail}", "2 for history, 5 for live import")
BAD_SYNC_KIND = Fault(90031, "SyncOtherMachine: {detail}", "send 1 or 2")
BAD_PUSH_INFO = Fault(90043, "OfflinePushInfo does not match the format: {detail}", "check OfflinePushInfo")
LIFETIME_NO_INTEGER = Fault(90044, "MsgLifeTime: {detail}", "send an integer")
SENDER_NOT_FOUND = Fault(90048, "account {user_id!r} does not exist", "import it")
BAD_MESSAGE_KEY = Fault(90054, "MsgKey {key!r} is not MsgSeq_MsgRandom_MsgTime", "send the key as it was answered")
BATCH_TOO_LONG = Fault(90055, "the message has {size} bytes, at most {limit} are allowed", "shorten it")
STORE_UNAVAILABLE = Fault(91000, "the message store did not take the change: {detail}", "retry")
JSON_TOO_LONG = Fault(93000, "the message has {size} bytes, at most {limit} are allowed", "shorten it")

# --- forbidden words (spec/rest/openim_dirty_words.yaml, im_msg_audit_mgr.yaml) ---
TEXT_REFUSED = Fault(80001, "the text contains a word that this app forbids", "change the text")
TOO_MANY_WORDS = Fault(10004, "the app would have {count} {what}, at most {limit} are allowed", "remove some")
BAD_AUDIT_REQUEST = Fault(2003, "{detail}", "check the request against the command's reference")
AUDIT_OTHER_APP = Fault(2004, "SdkAppId is {asked}, the request is for {app}", "use one SDKAppID in both")
TOO_MANY_AUDIT_WORDS = Fault(2016, "{detail}", "send fewer, or remove some")

# --- files (spec/errors.tsv; docs/files.md) ---
BAD_IMAGE = Fault(4003, "the image was not taken: {detail}", "send a whole, ordinary image, or send it as a file")
BAD_IMAGE_FORMAT = Fault(
    4004, "the content is no JPEG, PNG, GIF, BMP or WebP image", "convert it, or send it as a file"
)
FILE_BANNED = Fault(4005, "an app admin has banned the file", "")
FILE_NOT_FOUND = Fault(114000, "no file at {address!r}", "check the address; files expire with the app's history")
FILE_ADDRESS_FORGED = Fault(114001, "the address is not signed by this server", "use it as it was given, unchanged")
FILE_ADDRESS_EXPIRED = Fault(114001, "the address was valid until {end}", "ask for a new one")
FILE_TOO_LARGE = Fault(114002, "the file has {size} bytes, at most {limit} are allowed", "send a smaller one")
FILE_CUT_SHORT = Fault(114003, "the upload ended early: {detail}", "upload it again")
FILE_UNREADABLE = Fault(114004, "the file store failed", "retry; the server's log says why")
FILES_TOO_MANY = Fault(114005, "{count} uploads are under way", "retry in a moment")
BAD_FILE_REQUEST = Fault(114011, "{detail}", "check the request against the command's reference")
FILE_TYPE_REFUSED = Fault(114011, "this app takes no files named *.{ending}", "ask the app's operator")
FILE_EXISTS = Fault(114011, "another file was uploaded to this address already", "ask for a new address")

# --- callbacks (spec/webhooks.md) ---
MESSAGE_REFUSED_BY_APP = Fault(20006, "the app's server refused the message: {detail}", "")
REFUSED_BY_APP = Fault(10016, "the app's server refused it: {detail}", "")
# Codes with which an app's server refuses in words of its own, by what it refuses.
OWN_MESSAGE_CODES = range(120_001, 130_001)
OWN_GROUP_CODES = range(10_100, 10_201)
CALLBACK_FAILED = Fault(80003, "the app's server could not be asked: {detail}", "retry")


def refused_by_app(code: int, info: str) -> TidingsError:
    """Return a refusal with a code and a text of the app's own server."""
    return TidingsError(Fault(code, info), info)


# --- groups (spec/groups.md) ---
GROUP_INTERNAL = Fault(10002, "internal error", "retry")
TOO_MANY_GROUP_ACCOUNTS = Fault(10005, "{count} accounts in one call, at most {limit} are allowed", "send fewer")
GROUP_RIGHT_MISSING = Fault(10007, "{detail}", "check the caller's role and the group's type")
OWNER_MAY_NOT_QUIT = Fault(
    10009, "the owner may not leave a group of type {kind}", "hand it over with change_group_owner, or disband it"
)
GROUP_FIELD_READ_ONLY = Fault(
    10007, "field {key!r} of groups of type {kind} is written by {level}", "change group_fields or member_fields"
)
GROUP_FIELD_UNKNOWN = Fault(
    10004,
    "this app has no {whose} field {key!r} for groups of type {kind}",
    "declare it (tidings app settings group_fields, member_fields)",
)
GROUP_NOT_FOUND = Fault(10010, "group {group_id!r} does not exist", "check GroupId")
ALREADY_MEMBER = Fault(10013, "{user_id!r} is a member of group {group_id!r} already", "nothing needs to be done")
GROUP_FULL = Fault(10014, "group {group_id!r} has {count} of at most {limit} members", "raise MaxMemberNum")
GROUP_UNKNOWN = Fault(10015, "GroupId {group_id!r} names no group", "check GroupId")
GROUP_BANNED = Fault(10007, "{user_id!r} is banned from group {group_id!r} until {until}", "wait, or have it lifted")
REQUEST_HANDLED = Fault(
    10024, "no request of {user_id!r} to come into group {group_id!r} is open", "nothing needs to be done"
)
GROUP_MUTED = Fault(10017, "{user_id!r} is muted in group {group_id!r}: {detail}", "wait, or have it lifted")
GROUP_SENDER_MUTED = Fault(10017, "{user_id!r} is muted in every group", "wait, or have it lifted")
NOBODY_IN_ROOM = Fault(10004, "none of the accounts is in group {group_id!r}", "let one of them join")
TOO_MANY_MARKS = Fault(
    10004, "the room would have {count} different marks, at most {limit} are allowed", "take one from all who have it"
)
TOO_MANY_MARK_HOLDERS = Fault(
    10004, "{count} members would have mark {mark}, at most {limit} are allowed", "take it from somebody"
)
GROUP_ACCOUNT_NOT_FOUND = Fault(10019, "account {user_id!r} does not exist", "import it")
GROUP_ID_TAKEN = Fault(10021, "GroupId {group_id!r} is taken by another owner's group", "choose another")
GROUP_ID_OWN = Fault(10025, "GroupId {group_id!r} is taken, by a group that the same account owns", "use that group")
TOO_MANY_TOPICS = Fault(
    10037, "community {group_id!r} has {limit} topics, which is as many as it may", "raise community_topics"
)
TOPIC_ID_TAKEN = Fault(10021, "TopicId {topic_id!r} is taken", "choose another")
TOPIC_ID_OWN = Fault(10025, "TopicId {topic_id!r} is taken, by a topic of the same community", "use that topic")
PERMISSION_ID_TAKEN = Fault(10021, "PermissionGroupId {permission_id!r} is taken", "choose another")
COMMUNITIES_OFF = Fault(11000, "communities are off for this app", "switch on the app setting communities")
TOPICS_OFF = Fault(11000, "topics are off for this app", "switch on the app setting topics")
NO_TOPICS = Fault(11000, "group {group_id!r} has no topics", "make a Community with SupportTopic 1")
TOPIC_NOT_DELETED = Fault(110002, "topic {topic_id!r} was not deleted: {detail}", "try again")
TOPIC_GONE = Fault(110003, "topic {topic_id!r} does not exist, or no more", "check the ID")
PERMISSION_GROUP_UNKNOWN = Fault(110006, "there is no permission group {permission_id!r}", "check the ID")
PERMISSION_GROUP_NOT_DELETED = Fault(
    110007, "permission group {permission_id!r} was not deleted: {detail}", "try again"
)
PERMISSION_GROUP_GONE = Fault(110008, "permission group {permission_id!r} was deleted", "check the ID")
TOPIC_PERMISSION_THERE = Fault(
    110010, "the permission group has permissions in topic {topic_id!r} already", "change them"
)
TOPIC_PERMISSION_MISSING = Fault(110011, "the permission group has no permissions in topic {topic_id!r}", "add them")
TOO_MANY_PERMISSION_MEMBERS = Fault(
    110012, "the permission group would have {count} members, at most {limit} are allowed", "remove some"
)
TOPIC_ID_INVALID = Fault(110013, "{topic_id!r} is no topic of group {group_id!r}", "check the ID")
TOPIC_PERMISSION_GONE = Fault(110014, "topic {topic_id!r} was deleted, and its permissions with it", "check the ID")
TOO_MANY_GROUPS = Fault(10037, "{user_id!r} is in {count} groups, at most {limit} are allowed", "leave some")
TOO_MANY_MEMBERS = Fault(10038, "{count} members, at most {limit} are allowed", "raise the app's setting group_members")
GROUP_RECALL_NOT_FOUND = Fault(10030, "group {group_id!r} has no message {seq}", "check MsgSeq")
GROUP_RECALL_TOO_LATE = Fault(
    10031, "the message is {age} s old, at most {window} s are allowed", "raise the app's setting recall_seconds"
)
NOT_RECALLABLE = Fault(10032, "message {seq} cannot be recalled: {detail}", "")
NO_GROUP_RECALL = Fault(10033, "groups of type {kind} keep no messages, so there is nothing to recall", "")
NO_GROUP_DELETION = Fault(10035, "groups of type {kind} keep no messages, so there is nothing to delete", "")
NO_GROUP_HISTORY = Fault(10044, "groups of type {kind} keep no messages", "")
ATTRIBUTE_KEY_TOO_LONG = Fault(10045, "key {key!r} has {size} bytes, at most {limit} are allowed", "shorten it")
ATTRIBUTE_VALUE_TOO_LONG = Fault(
    10046, "the value of {key!r} has {size} bytes, at most {limit} are allowed", "shorten it"
)
TOO_MANY_ATTRIBUTES = Fault(
    10047, "the group would have {count} attributes, at most {limit} are allowed", "delete some"
)
ATTRIBUTES_TOO_LARGE = Fault(
    10048, "the group's attributes would have {size} bytes, at most {limit} are allowed", "shorten or delete some"
)
ATTRIBUTES_TOO_OFTEN = Fault(
    10049, "attributes of group {group_id!r} were written {limit} times in this second", "write less often"
)
ATTRIBUTE_MISSING = Fault(10050, "the group has no attribute {key!r}", "check the key")
TOO_MANY_MENTIONS = Fault(10053, "{count} mentions, at most {limit} are allowed", "mention fewer")
ATTRIBUTE_CONFLICT = Fault(10056, "{detail}: it was written meanwhile", "read the attributes again, then write")
TOO_MANY_COUNTERS = Fault(10063, "the group would have {count} counters, at most {limit} are allowed", "delete some")
TOO_MANY_DELETED = Fault(10051, "{count} messages in one call, 1 to {limit} are allowed", "split the call")
GROUP_MESSAGE_NOT_FOUND = Fault(10052, "group {group_id!r} has no message {seq}", "check MsgSeq")
GROUP_TOO_LARGE_FOR_RECEIPTS = Fault(
    10060, "group {group_id!r} has {count} members, receipts are for at most {limit}", "send without NeedReadReceipt"
)
NO_ONLINE_RECEIPTS = Fault(10061, "an online-only message has no read receipts", "send an ordinary message")
NO_RECEIPT = Fault(10062, "message {seq} asked for no read receipts", "send it with NeedReadReceipt 1")
TOO_MANY_PINNED_MESSAGES = Fault(10070, "at most {limit} messages of a group may be pinned", "unpin some")
ALREADY_PINNED = Fault(10071, "message {seq} is pinned already", "nothing needs to be done")

# --- conversations (spec/rest/recentcontact.yaml) ---
OWNER_NOT_FOUND = Fault(50001, "account {user_id!r} does not exist", "import it, or let it log in once")
BAD_CONVERSATION_REQUEST = Fault(50002, "{detail}", "check the request against the command's reference")
BAD_CONVERSATION_COUNT = Fault(51006, "{count} conversations in one call, 1 to {limit} are allowed", "split the call")
GROUP_CONVERSATION_NOT_FOUND = Fault(51007, "group {group_id!r} does not exist", "check the group's id")
TOO_MANY_MARKED = Fault(
    51008, "{count} conversations would have marks or groups, at most {limit} may", "take some marks or groups away"
)
CONVERSATION_GROUP_NOT_FOUND = Fault(51009, "there is no conversation group {name!r}", "create it first")
TOO_MANY_CONVERSATION_GROUPS = Fault(
    51010, "the user has {limit} conversation groups, which is as many as there may be", "delete one"
)
GROUP_NAME_TOO_LONG = Fault(
    51011, "the name of the conversation group has {size} bytes, at most {limit} are allowed", "shorten it"
)
TOO_MANY_PINS = Fault(51012, "{count} conversations would be pinned, at most {limit} may", "unpin some")

# --- gateway ---
KICKED_OUT = Fault(1002, "this login was ended: {detail}", "log in again")
NOT_LOGGED_IN = Fault(70002, "the frame carries neither a ticket nor a UserSig", "log in first")

# --- profile (spec/rest/profile.yaml) ---
PROFILE_REFUSED = Fault(40005, "a profile value contains a word that this app forbids", "change it")
PROFILE_TOO_LONG = Fault(40601, "a profile value is longer than {limit} bytes", "shorten it")
STATUS_NOT_ENABLED = Fault(72001, "user status is not enabled for this app", "switch on the app setting user_status")
BAD_PROFILE_REQUEST = Fault(40001, "{detail}", "check the request against the command's reference")
PROFILE_ACCOUNT_MISSING = Fault(40002, "To_Account: {detail}", "name 1 to 100 users")
PROFILE_ACCOUNT_NOT_FOUND = Fault(40003, "account {user_id!r} does not exist", "import it, or let it log in once")
PROFILE_ADMIN_REQUIRED = Fault(
    40004, "{user_id!r} may not change the profile of {owner!r}", "change your own, or call as an app admin"
)
PROFILE_NOT_READABLE = Fault(40007, "profile field {tag!r} may not be read by this side", "change profile_fields")
PROFILE_NOT_WRITABLE = Fault(40008, "profile field {tag!r} may not be written by this side", "change profile_fields")
PROFILE_FIELD_UNKNOWN = Fault(
    40009, "this app has no profile field {tag!r}", "declare it (tidings app settings profile_fields)"
)
BAD_PROFILE_CHOICE = Fault(40605, "{tag} is none of {choices}", "send one of these")
BAD_PROFILE_NUMBER = Fault(40605, "{tag} is not from 0 to {limit}", "send an unsigned 32-bit integer")
BAD_PROFILE_TYPE = Fault(40610, "{tag} is not {kind}", "check the value's JSON type")

# --- follow (spec/rest/follow.yaml) ---
FOLLOW_SELF = Fault(30001, "{user_id!r} can not follow himself or herself", "name another user")
FOLLOW_NOT_ENABLED = Fault(30005, "following is not enabled for this app", "switch on the app setting follow")
TOO_MANY_FOLLOWED = Fault(32100, "{user_id!r} follows {limit} users, which is as many as it may", "unfollow some")
TOO_MANY_FOLLOWERS = Fault(32101, "{user_id!r} has {limit} followers, which is as many as it may", "")
FOLLOWER_MUTUAL_FULL = Fault(
    32102, "{user_id!r} has {limit} mutual follows, which is as many as it may", "unfollow some"
)
TOO_MANY_MUTUAL = Fault(32103, "{user_id!r} has {limit} mutual follows, which is as many as it may", "")

# --- relations (spec/rest/sns.yaml) ---
BAD_RELATION_REQUEST = Fault(30001, "{detail}", "check the request against the command's reference")
RELATION_SELF = Fault(30001, "{user_id!r} is the user himself or herself", "name another user")
NO_FRIEND = Fault(30001, "{user_id!r} is no friend of {owner!r}: friend does not exist", "add the friend first")
BLOCKED_ALREADY = Fault(30001, "{user_id!r} is blocked already: it already exists", "")
NOT_BLOCKED = Fault(30001, "{user_id!r} is not blocked: it does not exist", "")
RELATION_ACCOUNT_NOT_FOUND = Fault(30003, "account {user_id!r} does not exist", "import it, or let it log in once")
RELATION_WORDS = Fault(30005, "{detail}", "change the text")
RELATION_ADMIN_REQUIRED = Fault(
    30004, "{user_id!r} may not act for {owner!r}", "act in your own name, or call as an app admin"
)
FRIENDING_BARRED = Fault(30009, "{user_id!r} is barred from sending friend requests", "an app admin may allow it again")
OWN_FRIENDS_FULL = Fault(30010, "{user_id!r} has {limit} friends, which is as many as it may", "delete some")
FRIEND_GROUPS_FULL = Fault(30011, "{user_id!r} would have more than {limit} friend groups", "delete some")
REQUESTS_FULL = Fault(30012, "{user_id!r} has {limit} friend requests that were not seen", "try again later")
BLOCKLIST_FULL = Fault(30013, "{user_id!r} blocks {limit} users, which is as many as it may", "unblock some")
OTHER_FRIENDS_FULL = Fault(30014, "{user_id!r} has {limit} friends, which is as many as it may", "")
OTHER_IS_BLOCKED = Fault(30515, "{user_id!r} is on the blocklist of who asks", "unblock it first")
FRIENDING_DENIED = Fault(30516, "{user_id!r} lets nobody add him or her", "")
BLOCKED_BY_OTHER = Fault(30525, "{user_id!r} blocks who asks", "")
CONSENT_AWAITED = Fault(30539, "{user_id!r} was asked, and has to agree", "wait for the answer")
NO_REQUEST = Fault(30614, "there is no friend request of {user_id!r}", "it may be answered already")
NO_FRIENDSHIP = Fault(31704, "{user_id!r} is no friend: there is nothing to delete", "")
NO_REQUEST_TO_DELETE = Fault(31804, "there is no friend request of or to {user_id!r}", "it may be answered already")
NOT_IN_FRIEND_LIST = Fault(32216, "{user_id!r} is no friend", "add the friend first")
BLOCKED_BY_RECEIVER = Fault(20007, "{user_id!r} blocks the sender", "")
NOT_FRIENDS = Fault(20009, "{user_id!r} and the sender are no friends, and only friends may write", "add as friend")
NOT_RECEIVERS_FRIEND = Fault(
    20010, "the sender is no friend of {user_id!r}, and only friends may write", "add as friend"
)
NOT_SENDERS_FRIEND = Fault(20011, "{user_id!r} is no friend of the sender, and only friends may write", "add as friend")

# --- operation (spec/rest/openconfigsvr.yaml, open_msg_svc.yaml) ---
BAD_OPERATION_JSON = Fault(130001, "{detail}", "check the request against the command's reference")
BAD_MUTE_QUERY = Fault(130003, "Get_Account: {detail}", "send a UserID of this app")
MUTE_ACCOUNT_MISSING = Fault(130004, "Set_Account: {detail}", "send the UserID of the account to mute")
BAD_MUTE_ACCOUNT = Fault(130005, "Set_Account: {detail}", "send a UserID of this app")
BAD_MUTE_TIME = Fault(130008, "{detail}", "send C2CmsgNospeakingTime, GroupmsgNospeakingTime or both, 0 to 4294967295")
BAD_ARCHIVE_JSON = Fault(1001, "{detail}", "check the request against the command's reference")
BAD_ARCHIVE_REQUEST = Fault(1002, "{detail}", "send ChatType C2C or Group, and MsgTime as yyyymmddhh")
ARCHIVE_NOT_THERE = Fault(
    1004, "there is no file of that hour: {detail}", "ask two minutes after its end, or for another"
)
ARCHIVE_TOO_OLD = Fault(1005, "the hour is longer ago than the {days} days that files are kept", "ask for a newer hour")
