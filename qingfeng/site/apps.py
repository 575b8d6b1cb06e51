"""The site knows every app; here it fills the slots that lower pages offer."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "qingfeng.site"
    label = "site"

    def ready(self) -> None:
        # Panels name models, so that they can only be imported once the apps are loaded.
        from qingfeng.site import panels

        panels.fill()
