from django.urls import path

from qingfeng.apps.work.returns import collecting, received_pages, views

app_name = "returns"
urlpatterns = [
    path("", views.overview_page, name="list"),
    path("received/", received_pages.received, name="received"),
    path("forms/<int:pk>/", views.return_page, name="return"),
    path("forms/<int:pk>/received/", received_pages.take_words, name="take_words"),
    path("forms/<int:pk>/<slug:verb>", views.move, name="move"),
    path("forms/<int:pk>/file.<slug:ending>", views.download, name="download"),
    path("forms/<int:pk>/words/<str:code>/<slug:box>/", views.words, name="words"),
    path("forms/<int:pk>/rows/<str:code>/<slug:figure>/", views.row_figures, name="row_figures"),
    path("months/<str:month>/", collecting.month_page, name="month"),
    path("<str:code>/<str:month>/", views.monthly, name="monthly"),
]
