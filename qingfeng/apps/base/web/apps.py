from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "qingfeng.apps.base.web"
    label = "web"
    verbose_name = "界面"
