from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "qingfeng.apps.base.handover"
    label = "handover"
    verbose_name = "交接"
