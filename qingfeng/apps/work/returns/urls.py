from django.urls import URLPattern, path

app_name = "returns"
urlpatterns: list[URLPattern] = []
