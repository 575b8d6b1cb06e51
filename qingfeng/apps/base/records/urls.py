"""The auditor's page."""

from django.urls import path

from qingfeng.apps.base.records import views

app_name = "records"
urlpatterns = [path("events/", views.events, name="events")]
