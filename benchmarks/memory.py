"""Take in a file of so many people, take it back, and print the most memory this process held, in MB."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrportal.settings")


def main(people: int) -> None:
    """Nobody: what an idle process holds."""
    import django  # noqa: PLC0415  (the settings are named only now)

    django.setup()

    from benchmarks.imports import options_for  # noqa: PLC0415
    from benchmarks.measuring import taken_back  # noqa: PLC0415
    from hrportal.people.importing import import_employees  # noqa: PLC0415
    from tests.support.extract import write_extract  # noqa: PLC0415

    if people:
        with tempfile.TemporaryDirectory() as folder, taken_back():
            import_employees(options_for(write_extract(Path(folder), people)), by=None)
    # Not getrusage: that counts what the process that started this one held.
    status = Path("/proc/self/status").read_text()
    print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]))
