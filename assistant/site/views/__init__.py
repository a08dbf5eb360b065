"""The addresses of the public pages, a topic a file. `ROUTERS` is what the application serves."""

from assistant.site.views import (
    agenda,
    appointments,
    assets,
    compare,
    crawling,
    days_along,
    figures,
    lokets,
    money,
    overview,
    questions,
    registration,
    routes,
    vacancies,
    withdraw,
    zelftest,
)

ROUTERS = (
    assets.router,
    crawling.router,
    routes.router,
    zelftest.router,
    overview.router,
    compare.router,
    money.router,
    lokets.router,
    agenda.router,
    figures.router,
    vacancies.router,
    questions.router,
    withdraw.router,
    appointments.router,
    days_along.router,
    registration.router,
)
