"""What can go wrong, as one class of exception with a number and a sentence.

Numbers are the server's (spec/errors.tsv) or, for what the client finds by itself, those of the
public client SDKs (spec/errors_sdk.tsv).
"""

NO_ANSWER = 2801
LOGIN_DISPLACED = 6208
USERSIG_ENDED = 6206
NO_NETWORK = 9508
COMMAND_PAUSED = 60022
FILE_REFUSED = 6008

# What the server says of a login that has to be made anew (spec/client/web-sdk-wire.md, section 9).
LOGIN_OVER = frozenset({70001, 20002})
KICKED = 1002
USERSIG_VOID = 70052
ALREADY_RECALLED = 20023
# A login refused with one of these will be refused again, however often it is tried.
FINAL = frozenset({60006, 60016, 70001, 70002, 70003, 70009, 70013, 70014, 70016, 70020, 70051, 70052, 70402})


class TidingsError(Exception):
    """A call was refused or failed; `info` says why and what to do about it.

    `is_repeated`: the call was sent more than once, so the refusal may be of a repeat only.
    """

    is_repeated = False

    def __init__(self, code: int, info: str) -> None:
        """Keep number and sentence."""
        super().__init__(f"{info} (code {code})")
        self.code = code
        self.info = info


class NotConnectedError(TidingsError):
    """The server cannot be reached, or the chat is closed."""

    def __init__(self, why: str) -> None:
        """Say what could not be reached, or why there is no connection any more."""
        super().__init__(NO_NETWORK, why)


class TimedOutError(TidingsError):
    """No answer came in time: the server may or may not have carried the call out."""

    def __init__(self, command: str, seconds: float) -> None:
        """Name the command and how long it was waited for."""
        super().__init__(NO_ANSWER, f"no answer to {command} within {seconds:g} s; check the server, then call again")


class KickedOutError(TidingsError):
    """The login was ended from outside; `connect` again if that is wanted."""
