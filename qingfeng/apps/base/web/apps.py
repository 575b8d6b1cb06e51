from django.apps import AppConfig

from qingfeng.apps.base.web.wording import set_wording


class WebConfig(AppConfig):
    name = "qingfeng.apps.base.web"
    label = "web"
    verbose_name = "界面"

    def ready(self) -> None:
        set_wording()
