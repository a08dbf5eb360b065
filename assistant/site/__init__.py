"""The public pages: everything a visitor can read, without JavaScript, from the published catalogue."""
