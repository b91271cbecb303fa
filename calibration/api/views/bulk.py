"""Many cards at once over the API."""

from rest_framework.response import Response

from calibration.actions.bulk import move_in_bulk
from calibration.api.serializers.bulk import BulkInput, BulkReport
from calibration.models import CalibrationSession
from hrportal.common.resources import ResourceViewSet, verb


class BulkActions(ResourceViewSet):
    """The verb of a session that takes a table; its list is taken away as the export `calibration.cards`."""

    @verb(BulkInput, schema={"responses": BulkReport})
    def bulk(self, session: CalibrationSession, text: str, dry_run: bool) -> Response:
        """Move the cards of a table. Lines that are refused hold up no others; each says why."""
        return Response(BulkReport(move_in_bulk(session, by=self.by, text=text, is_trial=dry_run)).data)
