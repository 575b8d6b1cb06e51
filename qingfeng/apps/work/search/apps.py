from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "qingfeng.apps.work.search"
    label = "search"
    verbose_name = "查找"
