from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "qingfeng.apps.work.inspections"
    label = "inspections"
    verbose_name = "检查台账"
