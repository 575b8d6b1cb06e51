from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "qingfeng.apps.base.documents"
    label = "documents"
    verbose_name = "文书"
