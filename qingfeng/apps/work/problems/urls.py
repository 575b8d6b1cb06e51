from django.urls import URLPattern, path

app_name = "problems"
urlpatterns: list[URLPattern] = []
