from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "qingfeng.apps.work.problems"
    label = "problems"
    verbose_name = "问题与整改"
