import flask
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from flask import render_template_string
from jinja2 import Environment, FileSystemLoader, select_autoescape

# ruleid: template-injection
pages = Environment(loader=FileSystemLoader("templates"))
PAGE = pages.get_template("invoice.html")


def show(name, body):
    # ruleid: template-injection
    render_template_string(body)
    # ruleid: template-injection
    flask.render_template_string("<h1>" + name + "</h1>")
    # ruleid: template-injection
    mark_safe(f"<b>{name}</b>")
    # ruleid: template-injection
    return mark_safe("<b>%s</b>" % name)


def fixed(name, body):
    # ok: template-injection
    render_template_string("<h1>{{ name }}</h1>", name=name)
    # ok: template-injection
    Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape())
    # ok: template-injection
    mark_safe("<hr>")
    # ok: template-injection
    mark_safe(f"<b>{escape(name)}</b>")
    # ok: template-injection
    mark_safe(body)
    # ok: template-injection
    return format_html("<b>{}</b>", name)
