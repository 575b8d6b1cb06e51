from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "qingfeng.apps.base.orgs"
    label = "orgs"
    verbose_name = "组织"
