from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "talent"

    def ready(self) -> None:
        from talent import development_lists, learning_lists, panels, signals  # noqa: F401, PLC0415  (models must be loaded)
        from talent.mentoring import jobs as mentoring_jobs  # noqa: F401, PLC0415  (registers the kinds of work)
        from talent.mentoring import lists as mentoring_lists  # noqa: F401, PLC0415
        from talent.metrics import jobs as metrics_jobs  # noqa: F401, PLC0415  (as above)
        from talent.metrics import lists as metrics_lists  # noqa: F401, PLC0415
        from talent.mobility import jobs as mobility_jobs  # noqa: F401, PLC0415
        from talent.mobility import lists as mobility_lists  # noqa: F401, PLC0415
        from talent.mobility import matching_lists  # noqa: F401, PLC0415
        from talent.mobility import profile as mobility_profile  # noqa: F401, PLC0415
        from talent.overview import jobs as overview_jobs  # noqa: F401, PLC0415
        from talent.overview import lists as overview_lists  # noqa: F401, PLC0415
        from talent.potential import jobs as potential_jobs  # noqa: F401, PLC0415  (registers the kinds of work)
        from talent.potential import lists as potential_lists  # noqa: F401, PLC0415
        from talent.profile import lists as profile_lists  # noqa: F401, PLC0415
        from talent.retention import insight_lists as retention_insight_lists  # noqa: F401, PLC0415
        from talent.retention import jobs as retention_jobs  # noqa: F401, PLC0415
        from talent.retention import lists as retention_lists  # noqa: F401, PLC0415
        from talent.retention import profile as retention_profile  # noqa: F401, PLC0415
        from talent.retention import signals as retention_signals  # noqa: PLC0415
        from talent.rewards import jobs as rewards_jobs  # noqa: F401, PLC0415
        from talent.rewards import lists as rewards_lists  # noqa: F401, PLC0415
        from talent.skills import jobs as skills_jobs  # noqa: F401, PLC0415  (as above)
        from talent.skills import library_lists  # noqa: F401, PLC0415
        from talent.skills import lists as skills_lists  # noqa: F401, PLC0415
        from talent.succession import insight_lists as succession_insight_lists  # noqa: F401, PLC0415
        from talent.succession import jobs as succession_jobs  # noqa: F401, PLC0415  (as above)
        from talent.succession import lists as succession_lists  # noqa: F401, PLC0415
        from talent.talent_reviews import jobs as review_jobs  # noqa: F401, PLC0415
        from talent.talent_reviews import lists as review_lists  # noqa: F401, PLC0415
        from talent.talent_reviews import profile as review_profile  # noqa: F401, PLC0415
        from talent.vacancies import jobs as vacancies_jobs  # noqa: F401, PLC0415
        from talent.vacancies import lists as vacancies_lists  # noqa: F401, PLC0415

        panels.fill_slots()
        retention_signals.connect()
        signals.connect()
