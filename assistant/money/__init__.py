"""What a route means for one's purse, year by year, and what a zij-instromer means for a school's."""
