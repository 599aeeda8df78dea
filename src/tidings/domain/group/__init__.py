"""Groups: five kinds of them, their members, messages and rules (spec/groups.md)."""
