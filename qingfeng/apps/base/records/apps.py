from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "qingfeng.apps.base.records"
    label = "records"
    verbose_name = "记录"
