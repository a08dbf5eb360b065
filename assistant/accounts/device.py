"""A browser in a few words, for the list of sessions. Less is kept of it than it says."""

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_in_words(user_agent: str) -> str:
    """`Firefox op Windows`; `Onbekende browser` for what we do not know. The order of the names matters."""
    browser = next((word for sign, word in _BROWSERS if sign in user_agent), "Onbekende browser")
    system = next((word for sign, word in _SYSTEMS if sign in user_agent), "")
    return f"{browser} op {system}" if system else browser
