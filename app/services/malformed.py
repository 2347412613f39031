"""What reading a row raises that somebody has written past the application: for whoever looks for such rows."""

import struct

#: a text that is no JSON, an object that lacks a name, a value of another kind, bytes that are no counters
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, struct.error)
