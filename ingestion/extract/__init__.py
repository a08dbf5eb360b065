"""From a converted page to what it says: amounts, dates, conditions, vacancies, each with its words and its place."""
