"""Notices over the API: those of the person a client acts for, and their chat. A client by itself has none."""

from typing import Any

import django_filters
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import StrictSerializer, require_scope
from hrportal.common.bulk import BulkVerbs
from hrportal.common.filters import FlagFilter
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import STARTS_JOB, JobSerializer, started
from hrportal.notices import actions
from hrportal.notices.catalogue import NoticeKind, all_kinds
from hrportal.notices.chat import actions as chat
from hrportal.notices.chat.addresses import LONGEST
from hrportal.notices.enums import ChatRhythm, MailRhythm
from hrportal.notices.models import ChatConnection, Notice, NoticeSetting
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal

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
    """A kind of notice: what it says (dots stand for names), what triggers it, and how the person wants it."""

    kind = serializers.CharField(source="key")
    title = serializers.CharField(source="sample")
    when = serializers.CharField()
    group = serializers.CharField()
    usual_mail = serializers.ChoiceField(choices=MailRhythm.choices, source="mail")
    mail = serializers.SerializerMethodField()
    usual_chat = serializers.ChoiceField(choices=ChatRhythm.choices, source="chat")
    chat = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=MailRhythm.choices))
    def get_mail(self, kind: NoticeKind) -> str:
        return self._row(kind).mail or kind.mail

    @extend_schema_field(serializers.ChoiceField(choices=ChatRhythm.choices))
    def get_chat(self, kind: NoticeKind) -> str:
        return self._row(kind).chat or kind.chat

    def _row(self, kind: NoticeKind) -> NoticeSetting:
        return self.context["chosen"].get(kind.key) or NoticeSetting()


class NoticeChoiceInput(StrictSerializer):
    """How one kind comes; what is left out stays as it is."""

    kind = serializers.CharField(max_length=60)
    mail = serializers.ChoiceField(choices=MailRhythm.choices, required=False)
    chat = serializers.ChoiceField(choices=ChatRhythm.choices, required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if not {"mail", "chat"} & given.keys():
            raise serializers.ValidationError(_("Say how it comes: by `mail`, by `chat` or both."))
        return given


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
        return actions.read_notice(notice)

    @extend_schema(request=None, responses=ReadSerializer)
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Note that all were read."""
        return Response({"read": actions.read_all(Notice.objects.visible_to(self.by))})

    @extend_schema(responses=NoticeKindSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def kinds(self, request: Request) -> Response:
        """The catalogue: every kind the portal sends, and how the person wants it by e-mail and in chat."""
        return self._kinds()

    @extend_schema(request=NoticeChoiceInput, responses=NoticeKindSerializer(many=True), filters=False)
    @kinds.mapping.patch
    def choose(self, request: Request) -> Response:
        """Choose how one kind comes by e-mail and to the person's chat."""
        person, given = person_of(self.by), self.taken(NoticeChoiceInput)
        mail, chat_ = ({given["kind"]: given[way]} if way in given else None for way in ("mail", "chat"))
        actions.choose(person, mail=mail, chat=chat_)
        return self._kinds()

    def _kinds(self) -> Response:
        settings = NoticeSetting.objects.filter(employee=self.by.viewer.employee_id)
        chosen = {row.kind: row for row in settings}
        return Response(NoticeKindSerializer(all_kinds(), many=True, context={"chosen": chosen}).data)


def person_of(by: Principal) -> Employee:
    """The person who acts or is acted for; a client by itself is nobody."""
    if not by.viewer.employee_id:
        raise Http404
    return Employee.objects.get(pk=by.viewer.employee_id)


class ChatConnectionSerializer(serializers.ModelSerializer):
    """Where in Slack or Teams a person gets notices. Of the address only the end is ever shown."""

    class Meta:
        model = ChatConnection
        fields = ["id", "service", "shown", "state", "broken_because", "trouble", "made_at", "posted_at"]
        read_only_fields = fields


class ChatConnectionInput(StrictSerializer):
    """An address the person made in Slack or Teams; without one the portal's app in Slack finds them by their e-mail."""

    address = serializers.CharField(max_length=LONGEST, required=False, write_only=True)


class ChatConnectionViewSet(ResourceViewSet):
    """The chat of the person acted for: one or none. Whoever says where notices go must be allowed to read them."""

    http_method_names = ["get", "post", "delete"]
    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    queryset = ChatConnection.objects.order_by("id")
    serializer_class = ChatConnectionSerializer

    @extend_schema(request=ChatConnectionInput, responses={201: ChatConnectionSerializer, 202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Connect a chat, in place of the one before. A test message is sent; read again what came of it. Without an address a
        job looks the person up in Slack (202): its `error` says why they could not be connected, and what they had stays.
        """
        require_scope(self.by, READ)
        address = self.taken(ChatConnectionInput).get("address")
        person = person_of(self.by)
        if address is None:
            return started(chat.ask_for_slack(person, by=self.by), self)
        return self.changed(chat.connect_address(person, address, by=self.by), 201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        """Disconnect it, and forget the address."""
        chat.disconnect_chat(self.get_object(), by=self.by)
        return Response(status=204)

    @verb(url_path="try", url_name="try", schema=STARTS_JOB)
    def try_(self, connection: ChatConnection) -> Response:
        """Send a test message, also to one that is broken: if it arrives, the connection works again."""
        return started(chat.try_chat(connection, by=self.by), self)


resources = {"notices": NoticeViewSet, "chat-connections": ChatConnectionViewSet}
