from django.db import models


# ruleid: unbounded-data-growth
class PageVisit(models.Model):
    at = models.DateTimeField()


def record():
    PageVisit.objects.create()
