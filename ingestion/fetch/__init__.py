"""From an address to its raw page: politely, safely, and never more than was asked for."""
