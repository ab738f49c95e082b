from django.contrib import admin
from django.urls import path

from . import views

# ok: no-audit-log
urlpatterns = [path("admin/", admin.site.urls), path("orders/", views.orders)]
