"""Language choice and the page of components; the other pages of this app are answers to errors."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from qingfeng.apps.base.web import views

app_name = "web"
urlpatterns = [
    path("language/", login_not_required(set_language), name="language"),
    path("help/", views.help_page, name="help"),
    path("components/", views.components, name="components"),
]
