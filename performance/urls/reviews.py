"""Pages of reviews."""

from django.urls import path, register_converter

from performance.enums import Side
from performance.views import reviews, versions, writing
from performance.views.steps import StepView


class SideConverter:
    """A side of a review in a URL."""

    regex = "|".join(Side.values)

    def to_python(self, value: str) -> Side:
        return Side(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(SideConverter, "side")

STEP_URLS = [
    ("self-assessment/skip", "self_assessment_skip", "skip_self_assessment"),
    ("approve", "review_approve", "approve_review"),
    ("return", "review_return", "return_review"),
    ("extend", "review_extend", "extend_review"),
    ("delegate", "review_delegate", "delegate_review"),
    ("delegation/end", "delegation_end", "end_delegation"),
    ("reassign", "review_reassign", "reassign_review"),
    ("withdraw", "review_withdraw", "withdraw_review"),
    ("restore", "review_restore", "restore_review"),
    ("share", "review_share", "share_review"),
    ("dispute", "review_dispute", "dispute_review"),
    ("dispute/settle", "dispute_settle", "settle_dispute"),
    ("acknowledge", "review_acknowledge", "acknowledge_review"),
    ("reopen", "review_reopen", "reopen_review"),
]

urlpatterns = [
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/<int:pk>/", reviews.review_detail, name="review_detail"),
    path("reviews/<int:pk>/receipt/", reviews.review_receipt, name="review_receipt"),
    path("reviews/<int:pk>/write/", writing.review_write, name="review_write"),
    path("reviews/<int:pk>/self-assessment/", writing.self_assessment_write, name="self_assessment_write"),
    path("reviews/<int:pk>/score/", writing.review_score, name="review_score"),
    path("reviews/<int:pk>/pdf/", reviews.review_pdf, name="review_pdf"),
    path("reviews/<int:pk>/revisions/", versions.review_revisions, name="review_revisions"),
    path("reviews/<int:pk>/manager-change/", reviews.review_settle_change, name="review_settle_change"),
    path("reviews/<int:pk>/<side:side>/versions/", versions.part_versions, name="part_versions"),
    path("reviews/<int:pk>/<side:side>/versions/<int:version>/", versions.part_version, name="part_version"),
    path(
        "reviews/<int:pk>/<side:side>/versions/<int:version>/restore/", versions.version_restore, name="version_restore"
    ),
    path("reviews/<int:pk>/<side:side>/start-afresh/", versions.part_start_afresh, name="part_start_afresh"),
    path("reviews/<int:pk>/need-line/<int:line>/", writing.need_line, name="need_line"),
    path("reviews/<int:pk>/<side:side>/save/", writing.review_save, name="review_save"),
    path("reviews/<int:pk>/<side:side>/missing/", writing.review_missing, name="review_missing"),
    *(path(f"reviews/<int:pk>/{url}/", StepView.as_view(step=step), name=name) for url, name, step in STEP_URLS),
]
