"""Notices over the API: those of the person a client acts for. A client by itself has none."""

from typing import Any

import django_filters
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import StrictSerializer
from hrportal.common.bulk import BulkVerbs
from hrportal.common.filters import FlagFilter
from hrportal.common.resources import verb
from hrportal.notices.actions import choose_mail, read_all, read_notice
from hrportal.notices.catalogue import all_kinds
from hrportal.notices.enums import MailRhythm
from hrportal.notices.models import Notice, NoticeSetting
from hrportal.people.models import Employee

READ, WRITE = "notices:read", "notices:write"


class NoticeFilter(django_filters.FilterSet):
    is_read = FlagFilter(method="by_reading", help_text="false: only what was not read yet.")

    class Meta:
        model = Notice
        fields = ["kind"]

    def by_reading(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.filter(read_at__isnull=not value)


class NoticeSerializer(serializers.ModelSerializer):
    """Something a person was told; `url` is the page of the portal where it is done."""

    title = serializers.CharField(read_only=True)

    class Meta:
        model = Notice
        fields = ["id", "kind", "title", "url", "made_at", "read_at", "mailed_at"]
        read_only_fields = fields


class NoticeKindSerializer(serializers.Serializer):
    """A kind of notice: what it says (dots stand for names), what triggers it, and how the person wants it by e-mail."""

    kind = serializers.CharField(source="key")
    title = serializers.CharField(source="sample")
    when = serializers.CharField()
    group = serializers.CharField()
    usual_mail = serializers.ChoiceField(choices=MailRhythm.choices, source="mail")
    mail = serializers.SerializerMethodField()

    @extend_schema(responses=serializers.ChoiceField(choices=MailRhythm.choices))
    def get_mail(self, kind: Any) -> str:
        return self.context["chosen"].get(kind.key, kind.mail)


class MailChoiceInput(StrictSerializer):
    kind = serializers.CharField(max_length=60)
    mail = serializers.ChoiceField(choices=MailRhythm.choices)


class ReadSerializer(serializers.Serializer):
    read = serializers.IntegerField(help_text="How many had not been read before.")


class NoticeViewSet(BulkVerbs):
    """What the person acted for was told. The wording follows `Accept-Language`."""

    access = Access(scopes={"list": READ, "retrieve": READ, "kinds": READ, "*": WRITE})
    bulk_verbs = ("read",)
    queryset = Notice.objects.order_by("id")
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter

    @verb()
    def read(self, notice: Notice) -> Notice:
        """Note that it was read."""
        return read_notice(notice)

    @extend_schema(request=None, responses=ReadSerializer)
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Note that all were read."""
        return Response({"read": read_all(Notice.objects.visible_to(self.by))})

    @extend_schema(responses=NoticeKindSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def kinds(self, request: Request) -> Response:
        """The catalogue: every kind the portal sends, and how the person wants it by e-mail."""
        return self._kinds()

    @extend_schema(request=MailChoiceInput, responses=NoticeKindSerializer(many=True), filters=False)
    @kinds.mapping.patch
    def choose_mail(self, request: Request) -> Response:
        """Choose how one kind comes by e-mail."""
        given = self.taken(MailChoiceInput)
        choose_mail(self._person(), {given["kind"]: given["mail"]})
        return self._kinds()

    def _kinds(self) -> Response:
        settings = NoticeSetting.objects.filter(employee=self.by.viewer.employee_id)
        chosen = dict(settings.values_list("kind", "mail"))
        return Response(NoticeKindSerializer(all_kinds(), many=True, context={"chosen": chosen}).data)

    def _person(self) -> Employee:
        if not self.by.viewer.employee_id:
            raise Http404
        return Employee.objects.get(pk=self.by.viewer.employee_id)


resources = {"notices": NoticeViewSet}
