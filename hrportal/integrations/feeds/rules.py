"""Who sets up nightly exports: system administrators, in person."""

import rules

from hrportal.integrations.rules import is_administrator

for verb in ("create_bi_export", "change_bi_export", "start_run"):
    rules.add_perm(f"feeds.{verb}", is_administrator)
