"""State machines on a database: each story begins where the last one did."""

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine


class StoredMachine(RuleBasedStateMachine):
    """A machine whose rows are gone when its story is told. Without it a story would find those of all stories before."""

    def __init__(self) -> None:
        super().__init__()
        self._story = transaction.atomic()
        self._story.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._story.__exit__(None, None, None)
