from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "qingfeng.apps.work.returns"
    label = "returns"
    verbose_name = "报送"
