"""Addresses of the work zone, in the order of the work."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("qingfeng.apps.work.desk.urls")),
    path("", include("qingfeng.apps.base.web.urls")),
    path("search/", include("qingfeng.apps.work.search.urls")),
    path("account/", include("qingfeng.apps.base.orgs.account_urls")),
    path("campaigns/", include("qingfeng.apps.work.campaigns.urls")),
    path("", include("qingfeng.apps.work.problems.urls")),
    path("returns/", include("qingfeng.apps.work.returns.urls")),
    path("figures/", include("qingfeng.apps.work.reports.urls")),
    path("orgs/", include("qingfeng.apps.base.orgs.urls")),
    path("jobs/", include("qingfeng.apps.base.jobs.urls")),
    path("records/", include("qingfeng.apps.base.records.urls")),
]
