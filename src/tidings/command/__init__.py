"""The commands. Importing this package fills the command table; a test finds a file that is forgotten here."""

from tidings.command import (
    admin_changes as admin_changes,
)
from tidings.command import (
    admin_conversations as admin_conversations,
)
from tidings.command import (
    admin_messages as admin_messages,
)
from tidings.command import (
    admin_sending as admin_sending,
)
from tidings.command import (
    blocklists as blocklists,
)
from tidings.command import (
    config_svc as config_svc,
)
from tidings.command import (
    follow as follow,
)
from tidings.command import (
    friend_changes as friend_changes,
)
from tidings.command import (
    friend_groups as friend_groups,
)
from tidings.command import (
    friend_lists as friend_lists,
)
from tidings.command import (
    friend_requests as friend_requests,
)
from tidings.command import (
    group_attributes as group_attributes,
)
from tidings.command import (
    group_bans as group_bans,
)
from tidings.command import (
    group_counters as group_counters,
)
from tidings.command import (
    group_extensions as group_extensions,
)
from tidings.command import (
    group_history as group_history,
)
from tidings.command import (
    group_imports as group_imports,
)
from tidings.command import (
    group_joining as group_joining,
)
from tidings.command import (
    group_life as group_life,
)
from tidings.command import (
    group_members as group_members,
)
from tidings.command import (
    group_messages as group_messages,
)
from tidings.command import (
    group_moving as group_moving,
)
from tidings.command import (
    group_mutes as group_mutes,
)
from tidings.command import (
    group_profiles as group_profiles,
)
from tidings.command import (
    group_reading as group_reading,
)
from tidings.command import (
    group_roles as group_roles,
)
from tidings.command import (
    im_cos_msg as im_cos_msg,
)
from tidings.command import (
    im_long_msg as im_long_msg,
)
from tidings.command import (
    im_msg_audit_mgr as im_msg_audit_mgr,
)
from tidings.command import (
    im_open_login_svc as im_open_login_svc,
)
from tidings.command import (
    im_open_status as im_open_status,
)
from tidings.command import (
    live_rooms as live_rooms,
)
from tidings.command import (
    message_search as message_search,
)
from tidings.command import (
    open_msg_svc as open_msg_svc,
)
from tidings.command import (
    openconfigsvr as openconfigsvr,
)
from tidings.command import (
    openim_dirty_words as openim_dirty_words,
)
from tidings.command import (
    openim_msg_ext_http_svc as openim_msg_ext_http_svc,
)
from tidings.command import (
    openim_robot_http_svc as openim_robot_http_svc,
)
from tidings.command import (
    permission_groups as permission_groups,
)
from tidings.command import (
    profile as profile,
)
from tidings.command import (
    start_up as start_up,
)
from tidings.command import (
    stream_msg as stream_msg,
)
from tidings.command import (
    topics as topics,
)
from tidings.command import (
    user_conversations as user_conversations,
)
from tidings.command import (
    user_messages as user_messages,
)
from tidings.command import (
    user_reading as user_reading,
)
from tidings.command import (
    user_receiving as user_receiving,
)
from tidings.command import (
    user_sync as user_sync,
)
