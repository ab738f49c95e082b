def initialize(app):
    app.before_request(lambda: None)
