def create_app(settings):
    return settings
