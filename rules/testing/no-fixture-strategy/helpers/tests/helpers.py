def create_app():
    return object()
