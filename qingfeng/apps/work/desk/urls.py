from django.urls import URLPattern, path

app_name = "desk"
urlpatterns: list[URLPattern] = []
