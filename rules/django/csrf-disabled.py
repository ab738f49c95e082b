from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from rest_framework.decorators import api_view


# ruleid: csrf-disabled
@csrf_exempt
@login_required
def transfer(request):
    return request


# ruleid: csrf-disabled
@csrf_exempt
def pay(request):
    if request.method == "POST":
        account = Account.objects.get(owner=request.user)
        account.pay()
    return account


# ruleid: csrf-disabled
@method_decorator(csrf_exempt, name="dispatch")
class Transfer(View):
    def post(self, request):
        return Account.objects.get(owner=request.user)


# ruleid: csrf-disabled
@method_decorator(csrf_exempt, name="dispatch")
class Payment(LoginRequiredMixin, View):
    pass


# ok: csrf-disabled
@csrf_exempt
@authorize_by_key
def pause(request, code):
    return Check.objects.get(code=code, project=request.project)


# ok: csrf-disabled
@method_decorator(csrf_exempt, name="dispatch")
class Ping(View):
    def post(self, request):
        return Check.objects.get(code=request.POST["code"])


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
