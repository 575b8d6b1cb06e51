"""How forms are drawn: the field partials of this app instead of Django's own."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Forms with the error summary on top, each field with its label, help, control and reason."""

    form_template_name = "web/_form.html"
    field_template_name = "web/_field.html"
