"""What the API remembers of requests, for a while; and files kept in parts."""

import uuid

from django.db import models
from django.utils import timezone


class IdempotentRequest(models.Model):
    """A request sent with an `Idempotency-Key`: claimed before anything happens, and its answer once it has.

    The answer is written in the transaction of the effect, so there is never one without the other. It may hold what
    people wrote; therefore it is sealed, read by the same principal alone, and gone after a day.
    """

    principal = models.CharField(max_length=200, help_text="The client and the person it acted for.")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="Of method, address, scopes and body.")
    claim = models.UUIDField(default=uuid.uuid4, help_text="Who works on it; only they may write the answer.")
    claimed_until = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the answer; empty while there is none.")
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "key"], name="one_request_per_key")]
        indexes = [models.Index(fields=["created_at"], name="idempotent_created")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.status or 'running'}"


class StoredFile(models.Model):
    """A file kept in the database, where every process of the portal finds it and no other program does.

    Its content lies in parts of the same size, the last one shorter, so that nobody ever holds a large one whole.
    """

    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.pk}: {self.size} bytes"


class StoredPart(models.Model):
    """One part of a file, counted from 0."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_stored_part_per_number")]

    def __str__(self) -> str:
        return f"{self.file_id}: part {self.number}"
