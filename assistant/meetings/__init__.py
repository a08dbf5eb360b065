"""When visitors and people of a loket meet: appointments, events with places, and a day along at a school."""
