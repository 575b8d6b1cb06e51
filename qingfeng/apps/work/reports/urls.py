from django.urls import path

from qingfeng.apps.work.reports import views
from qingfeng.apps.work.reports.charts import CHARTS

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    *(path(f"charts/{key}/", views.chart, {"key": key}, name=key) for key in CHARTS),
    path("<slug:key>/", views.figure, name="figure"),
]
