from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from rest_framework.decorators import api_view


# ruleid: csrf-disabled
@csrf_exempt
def transfer(request):
    return request


# ruleid: csrf-disabled
@method_decorator(csrf_exempt, name="dispatch")
class Transfer(View):
    pass


# ok: csrf-disabled
@csrf_exempt
def stripe_webhook(request):
    return request


# ok: csrf-disabled
@csrf_exempt
@api_view(["POST"])
def create(request):
    return request


# ok: csrf-disabled
def plain(request):
    return request


# ruleid: csrf-disabled
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
