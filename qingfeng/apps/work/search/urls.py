from django.urls import path

from qingfeng.apps.work.search import views

app_name = "search"
urlpatterns = [path("", views.results, name="results")]
