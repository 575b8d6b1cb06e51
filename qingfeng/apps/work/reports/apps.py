from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "qingfeng.apps.work.reports"
    label = "reports"
    verbose_name = "统计"
