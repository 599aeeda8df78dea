"""The commands. Importing this package fills the command table; a test finds a file that is forgotten here."""

from tidings.command import (
    admin_messages as admin_messages,
    admin_sending as admin_sending,
    im_open_login_svc as im_open_login_svc,
    im_open_status as im_open_status,
    start_up as start_up,
    user_messages as user_messages,
    user_reading as user_reading,
)
