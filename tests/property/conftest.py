"""Property tests judge results, not speed: an example may take its time on a busy machine."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
