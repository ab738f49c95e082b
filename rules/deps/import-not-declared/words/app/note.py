# pass: import-not-declared
from notifications.signals import notify
# pass: import-not-declared
import django
