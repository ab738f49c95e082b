from api.plugin import plugin

ROUTERS = {"plugin": plugin}
