from django.urls import URLPattern, path

app_name = "inspections"
urlpatterns: list[URLPattern] = []
