"""The door from the journal's sweep: whose rest is over is looked after, though nothing announces it."""

from hrportal.journal.followers import follow_journal
from hrportal.notices.chat.posting import wake_rested

follow_journal("chat", wake_rested)
