"""One append-only record of every fact: audit trail, outbox and change feed are this one table."""
