"""Dates as British readers write them: 2/12 is a day in February to some and in December to others, so months have names.

The parts of a short day, as it stands in tables, are kept on one line.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j\N{NO-BREAK SPACE}M\N{NO-BREAK SPACE}Y"
SHORT_DATETIME_FORMAT = "j\N{NO-BREAK SPACE}M\N{NO-BREAK SPACE}Y, H:i"
