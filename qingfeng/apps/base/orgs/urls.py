from django.urls import URLPattern, path

app_name = "orgs"
urlpatterns: list[URLPattern] = []
