"""What a process that lives long does with its memory once it has started."""

import gc


def keep_what_is_loaded() -> None:
    """Take all that was loaded at the start out of the collector's rounds: it stays as long as the process does, and going
    through it again and again was up to a third of the work of an import. From here on what is no longer used is collected,
    whether or not it was while loading."""
    gc.collect()
    gc.freeze()
    gc.enable()
