"""Addresses of the publications, under those of the reports."""

from django.urls import path

from qingfeng.apps.work.reports.publishing import views

publication_urls = [
    path("public/", views.publications, name="publications"),
    path("public/new/", views.publication_new, name="publication_new"),
    path("public/<slug:reference>/", views.publication, name="publication"),
    path("public/<slug:reference>/file/", views.publication_file, name="publication_file"),
    path("public/<slug:reference>/pdf/", views.publication_pdf, name="publication_pdf"),
    path("public/<slug:reference>/<slug:verb>/", views.publication_move, name="publication_move"),
]
