"""Ways into what is no site of pages: feeds, calendars, tables, and the content API of Onderwijsloket."""
