"""Language choice; the other pages of this app are answers to errors."""

from django.urls import path
from django.views.i18n import set_language

app_name = "web"
urlpatterns = [path("language/", set_language, name="language")]
