from django.urls import path

from qingfeng.apps.base.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<str:reference>/", views.job_page, name="job"),
    path("<str:reference>/progress", views.progress, name="progress"),
    path("<str:reference>/cancel", views.cancel, name="cancel"),
    path("<str:reference>/retry", views.retry, name="retry"),
    path("<str:reference>/file", views.file, name="file"),
]
