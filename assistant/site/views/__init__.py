"""The addresses of the public pages, a topic a file. `ROUTERS` is what the application serves."""

from assistant.site.views import assets, compare, routes

ROUTERS = (assets.router, routes.router, compare.router)
