"""How forms are drawn: the field partials of this app instead of Django's own."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    form_template_name = "web/_form.html"
    field_template_name = "web/_field.html"
