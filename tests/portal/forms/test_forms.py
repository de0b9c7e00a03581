"""How the forms of the service pages are drawn."""

import pytest
from django.template.backends.django import DjangoTemplates
from django.template.engine import Engine
from django.urls import reverse

from partners.models import Capacity
from portal.forms.service import ServiceRenderer
from tests.factories import MembershipFactory, complete_application


@pytest.mark.django_db
def test_a_page_of_forms_makes_no_template_engine(client, monkeypatch):
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    address = reverse("applications:section", args=[complete_application(lead).uuid, "guidance"])
    client.force_login(lead.user)
    assert client.get(address).status_code == 200
    made = []
    begin = Engine.__init__

    def counted(self, *args, **kwargs):
        made.append(self)
        begin(self, *args, **kwargs)

    monkeypatch.setattr(Engine, "__init__", counted)
    assert client.get(address).status_code == 200
    assert len(made) == 0


def test_no_other_request_sees_the_engine_before_it_is_made(monkeypatch):
    renderer, seen = ServiceRenderer(), []

    class Backend(DjangoTemplates):
        def __init__(self, params):
            seen.append("engine" in vars(renderer))
            super().__init__(params)

    monkeypatch.setattr(ServiceRenderer, "backend", Backend)
    assert renderer.engine
    assert not any(seen)
