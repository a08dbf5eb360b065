"""
How soon a reply is painted after the server answered, on a processor four times slowed: `python -m evaluation.load.painting ADDRESS`.

Also how long the launcher keeps the page's main thread. Needs a running service and Chromium.
"""

import shutil
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

SLOWED = 4
QUESTIONS = ("Wat is zij-instroom?", "Wat kost de pabo?", "Welke route past bij mij?", "Wat verdien je als leraar?")
# From the last byte of an answer to the second frame after it entered the log: then it has been painted.
_WATCH = """
window.painted = []
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (entry.name.endsWith('/messages')) window.answered = entry.responseEnd
}).observe({type: 'resource', buffered: true})
addEventListener('loket-answer', () => requestAnimationFrame(() => {
  const channel = new MessageChannel()
  channel.port1.onmessage = () => window.painted.push(performance.now())
  channel.port2.postMessage(0)
}))
"""
_LONG = """
window.long = []
new PerformanceObserver(list => window.long.push(...list.getEntries().map(each => each.duration)))
  .observe({type: 'longtask', buffered: true})
"""


def painted_ms(page: Page) -> list[float]:
    """Milliseconds for each question."""
    page.locator("loket-gids button.launcher").click()
    page.locator("loket-gids article").first.wait_for()
    found = []
    for asked, question in enumerate(QUESTIONS, 1):
        page.get_by_label("Je vraag", exact=True).fill(question)
        page.keyboard.press("Enter")
        page.wait_for_function("asked => window.painted.length === asked", arg=asked)
        page.wait_for_timeout(200)
        found.append(page.evaluate("window.painted.at(-1) - window.answered"))
    return found


def main(address: str) -> None:
    """Print the figures."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 390, "height": 800})
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.add_init_script(_WATCH + _LONG)
        page.goto(f"{address}/widget/example.html")
        page.locator("loket-gids button.launcher").wait_for()
        page.wait_for_timeout(500)
        blocked = page.evaluate("Math.max(0, ...window.long)")
        times = painted_ms(page)
        chromium.close()
    slow = f"{SLOWED}x slowed: median {statistics.median(times):.0f} ms, most {max(times):.0f} ms"
    print(f"painted after the answer, {slow}")  # noqa: T201
    print(f"longest task while the launcher loads: {blocked:.0f} ms (0: none over 50 ms)")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
