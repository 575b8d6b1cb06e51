"""Sets the stage of a journey in an installation of its own: `python -m tests.journeys.staging PASSWORD [campaign]`."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfeng.site.settings")
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402

from qingfeng.apps.base.orgs.models import User  # noqa: E402
from qingfeng.apps.base.web import clock  # noqa: E402
from tests.cast import TODAY, make_campaign, make_cast  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    cast = make_cast()
    if "campaign" in sys.argv[2:]:
        with clock.on(TODAY):
            make_campaign(cast)
    User.objects.update(password=make_password(sys.argv[1]), must_change_password=False)
