from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "qingfeng.apps.base.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Every app's `jobs.py` names the long work that it has: web pages show its title, the worker does it."""
        autodiscover_modules("jobs")
