"""The audit trail: who did what, to whom, when. It holds ids only; what was written stays with its readers."""

from typing import Any

from django.views.generic import ListView

from hrportal.common.access import Access
from hrportal.common.http import PageRequest
from hrportal.common.numbers import is_number
from hrportal.home.audit import READERS, facts_for, filter_for, with_names
from hrportal.journal.models import Fact
from hrportal.people.enums import Role

PAGE = 50


class FactListView(ListView):
    """The newest facts first; older pages start below a fact's id, so that no page costs more than the first."""

    access = Access(roles=READERS)
    request: PageRequest
    http_method_names = ["get", "head", "options"]
    template_name = "home/fact_list.html"

    def get_queryset(self) -> list[Fact]:  # type: ignore[override]
        self.filter = filter_for(self.request.user)(self.request.GET, facts_for(self.request.user))
        facts, before = self.filter.qs, self.request.GET.get("before", "")
        return list((facts.filter(pk__lt=int(before)) if is_number(before) else facts)[: PAGE + 1])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(self.object_list)
        facts, has_more = found[:PAGE], len(found) > PAGE
        query = self.request.GET.copy()
        query["before"] = str(facts[-1].pk) if facts else ""
        return super().get_context_data(
            facts=with_names(facts, reader=self.request.user),
            shows_people=self.request.user.viewer.has(Role.HR_LEADER),
            filter=self.filter,
            next_url=f"?{query.urlencode()}" if has_more else "",
            **kwargs,
        )
