"""Addresses of the organisation."""

from django.urls import path

from qingfeng.apps.base.orgs.views import accounts, groups, imports, own_lists, people, units

app_name = "orgs"
urlpatterns = [
    path("", units.ledger, name="units"),
    path("own-lists/", own_lists.own_lists, name="own_lists"),
    path("tree/", units.tree, name="unit_tree"),
    path("import/", imports.unit_import, name="unit_import"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("unit/<str:code>/", units.unit, name="unit"),
    path("unit/<str:code>/change/", units.unit_change, name="unit_change"),
    path("unit/<str:code>/move/", units.unit_move, name="unit_move"),
    path("unit/<str:code>/end/", units.unit_end, name="unit_end"),
    path("unit/<str:code>/appoint/", units.unit_appoint, name="unit_appoint"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("person/<str:staff_no>/", people.person, name="person"),
    path("person/<str:staff_no>/rename/", people.person_rename, name="person_rename"),
    path("appointment/<int:pk>/change/", people.appointment_change, name="appointment_change"),
    path("appointment/<int:pk>/end/", people.appointment_end, name="appointment_end"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("group/<str:code>/", groups.group, name="group"),
    path("group/<str:code>/rename/", groups.group_rename, name="group_rename"),
    path("group/<str:code>/end/", groups.group_end, name="group_end"),
    path("group/<str:code>/oversee/", groups.group_oversee, name="group_oversee"),
    path("group/<str:code>/oversight/<int:pk>/end/", groups.oversight_end, name="oversight_end"),
    path("group/<str:code>/appoint/", groups.group_appoint, name="group_appoint"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("account/<str:staff_no>/new/", accounts.account_new, name="account_new"),
    path("account/<str:staff_no>/reset/", accounts.account_reset, name="account_reset"),
    path("account/<str:staff_no>/lock/", accounts.account_lock, name="account_lock"),
    path("account/<str:staff_no>/unlock/", accounts.account_unlock, name="account_unlock"),
]
