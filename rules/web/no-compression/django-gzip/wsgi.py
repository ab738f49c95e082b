from django.core.wsgi import get_wsgi_application

# pass: no-compression
application = get_wsgi_application()
