from django.urls import path

from qingfeng.apps.work.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("waiting/", views.waiting, name="waiting"),
    path("today/<slug:key>/", views.figure, name="figure"),
]
