"""Structs of permission groups: 0 permissions are told, what is not there is not."""

import msgspec

from tidings.wire.permission_groups import MemberName, PermissionGroupDown, PermissionResult, TopicBitsDown


def test_no_permissions_are_permissions_too() -> None:
    assert msgspec.to_builtins(PermissionGroupDown(permission_id="p", permission=0)) == {
        "PermissionGroupId": "p",
        "Permission": 0,
    }
    assert msgspec.to_builtins(TopicBitsDown(topic_id="t", permission=0)) == {"TopicId": "t", "Permission": 0}
    assert msgspec.to_builtins(TopicBitsDown(topic_id="t", code=110011, info="none")) == {
        "ErrorCode": 110011,
        "ErrorInfo": "none",
        "TopicId": "t",
    }


def test_names_and_results_are_whole() -> None:
    assert msgspec.json.decode(b'{"Member_Account": "ben"}', type=MemberName).account == "ben"
    result = PermissionResult(code=0, info="", permission_id="p")
    assert set(msgspec.to_builtins(result)) == {"ErrorCode", "ErrorInfo", "PermissionGroupId"}
