from django.urls import path

from qingfeng.apps.work.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:key>/", views.figure, name="figure"),
]
