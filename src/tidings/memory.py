"""How the interpreter collects garbage in a server process."""

import gc

# A burst of requests holds some ten thousand objects for a moment; collecting in between finds
# nothing. Cycles that do arise (closed connections) wait a little longer.
THRESHOLDS = (20_000, 50, 50)


def settle() -> None:
    """Leave what was loaded at start out of all later collections, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
