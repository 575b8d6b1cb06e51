"""The web process of one zone."""

import gc
import importlib
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

gc.disable()  # while all is loaded nothing of it can be thrown away: the walks through it took a tenth of the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfeng.site.settings")
application = get_wsgi_application()
importlib.import_module(settings.ROOT_URLCONF)
gc.enable()
gc.freeze()  # what is loaded by now stays for good: no collection during a page need walk through it again
gc.set_threshold(
    2000, 10, 30
)  # a page makes some thousand: so that few pages pay for a walk through all that is kept
