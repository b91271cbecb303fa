"""The door from the journal: told whenever facts have got their positions, and at every sweep."""

from hrportal.integrations.webhooks.senders import hear_and_send
from hrportal.journal.followers import follow_journal

follow_journal("webhooks", hear_and_send)
