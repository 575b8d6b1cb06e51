from django.urls import path

from qingfeng.apps.work.reports import views
from qingfeng.apps.work.reports.charts import CHARTS
from qingfeng.apps.work.reports.papers import views as papers
from qingfeng.apps.work.reports.publishing.paper_views import paper_public
from qingfeng.apps.work.reports.publishing.urls import publication_urls

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    *(path(f"charts/{key}/", views.chart, {"key": key}, name=key) for key in CHARTS),
    path("papers/", papers.papers, name="papers"),
    path("papers/rows/<slug:key>/", papers.paper_rows, name="paper_rows"),
    path("papers/<slug:kind>/", papers.paper, name="paper"),
    path("papers/<slug:kind>/public/", paper_public, name="paper_public"),
    *publication_urls,
    path("<slug:key>/", views.figure, name="figure"),
]
