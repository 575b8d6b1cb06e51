from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "qingfeng.apps.work.desk"
    label = "desk"
    verbose_name = "工作台"
