"""Clients that are there already get the portal's own rows; their secrets stay valid."""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def take_over(apps, schema_editor):
    Client = apps.get_model("allauth_idp_oidc", "Client")
    ApiClient = apps.get_model("integrations", "ApiClient")
    ClientSecret = apps.get_model("integrations", "ClientSecret")
    for client in Client.objects.filter(api_client=None):
        row = ApiClient.objects.create(client=client, created_at=client.created_at)
        ClientSecret.objects.create(api_client=row, hash=client.secret, created_at=client.created_at)
        client.secret = make_password(None)
        client.save(update_fields=["secret"])


def give_back(apps, schema_editor):
    ClientSecret = apps.get_model("integrations", "ClientSecret")
    for secret in ClientSecret.objects.filter(expires_at=None).order_by("pk").select_related("api_client__client"):
        secret.api_client.client.secret = secret.hash
        secret.api_client.client.save(update_fields=["secret"])


class Migration(migrations.Migration):
    dependencies = [("integrations", "0001_clients")]

    operations = [migrations.RunPython(take_over, give_back)]
