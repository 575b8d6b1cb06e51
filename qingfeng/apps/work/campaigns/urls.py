"""Addresses of plans, campaigns, duties, meetings and activities."""

from django.urls import path

from qingfeng.apps.work.campaigns.views import columns, duties, files, lists, overview, plans, registers

app_name = "campaigns"
urlpatterns = [
    path("", overview.list_, name="list"),
    path("all/", lists.campaigns, name="all"),
    path("plans/", lists.plans, name="plans"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/accept-all/", plans.plan_accept_all, name="plan_accept_all"),
    path("plans/<int:pk>/set-aside/", plans.plan_set_aside, name="plan_set_aside"),
    path("plans/<int:pk>/start/", plans.plan_start, name="plan_start"),
    path("plans/<int:pk>/file/", files.plan_file, name="plan_file"),
    path("plans/<int:pk>/new/<slug:kind>/", plans.plan_item_new, name="plan_item_new"),
    path("items/<int:pk>/", plans.plan_item, name="plan_item"),
    path("items/<int:pk>/decide/", plans.plan_item_decide, name="plan_item_decide"),
    path("<int:pk>/", overview.campaign, name="campaign"),
    path("<int:pk>/units/", overview.unit_add, name="unit_add"),
    path("<int:pk>/end/", overview.campaign_end, name="campaign_end"),
    path("groups/<int:pk>/", overview.group_link, name="group_link"),
    path("<int:pk>/columns/", columns.columns, name="columns"),
    path("<int:pk>/duties/", duties.duties, name="duties"),
    path("<int:pk>/obligations/new/", duties.obligation_new, name="obligation_new"),
    path("obligations/<int:pk>/", duties.obligation, name="obligation"),
    path("obligations/<int:pk>/amend/", duties.obligation_amend, name="obligation_amend"),
    path("obligations/<int:pk>/void/", duties.obligation_void, name="obligation_void"),
    path("obligations/<int:pk>/trigger/", duties.obligation_trigger, name="obligation_trigger"),
    path("duties/<int:pk>/", duties.duty, name="duty"),
    path("duties/<int:pk>/receive/", duties.duty_receive, name="duty_receive"),
    path("duties/<int:pk>/waive/", duties.duty_waive, name="duty_waive"),
    path("duties/<int:pk>/amend/", duties.duty_amend, name="duty_amend"),
    path("receipts/<int:pk>/return/", duties.receipt_return, name="receipt_return"),
    path("receipts/<int:pk>/file/", files.receipt_file, name="receipt_file"),
    path("<int:pk>/meetings/", registers.meetings, name="meetings"),
    path("<int:pk>/meetings/new/", registers.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/", registers.meeting, name="meeting"),
    path("meetings/<int:pk>/void/", registers.meeting_void, name="meeting_void"),
    path("meetings/<int:pk>/file/", files.meeting_file, name="meeting_file"),
    path("<int:pk>/activities/", registers.activities, name="activities"),
    path("<int:pk>/activities/new/", registers.activity_new, name="activity_new"),
    path("activities/<int:pk>/", registers.activity, name="activity"),
    path("activities/<int:pk>/done/", registers.activity_done, name="activity_done"),
    path("activities/<int:pk>/void/", registers.activity_void, name="activity_void"),
]
