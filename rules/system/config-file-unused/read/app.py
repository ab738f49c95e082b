SETTINGS = open("config/app.yaml").read()
