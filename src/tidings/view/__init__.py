"""The domain's values in their wire form: what both doors and delivery show."""
