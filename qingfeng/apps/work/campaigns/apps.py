from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "qingfeng.apps.work.campaigns"
    label = "campaigns"
    verbose_name = "方案与任务"
