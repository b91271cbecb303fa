from django.apps import AppConfig


class CalibrationConfig(AppConfig):
    name = "calibration"

    def ready(self) -> None:
        from calibration import jobs, lists, panels, signals, talking_points  # noqa: F401, PLC0415  (models, so not before apps are loaded)
        from calibration.around import lists as table_lists  # noqa: F401, PLC0415
        from calibration.boards import lists as board_lists  # noqa: F401, PLC0415
        from calibration.bridge import lists as bridge_lists  # noqa: F401, PLC0415
        from calibration.bridge import strategy_lists  # noqa: F401, PLC0415
        from calibration.decisions import lists as decision_lists  # noqa: F401, PLC0415
        from calibration.evidence import jobs as evidence_jobs  # noqa: PLC0415  (as above)
        from calibration.evidence import lists as evidence_lists  # noqa: F401, PLC0415
        from calibration.readiness import jobs as readiness_jobs  # noqa: F401, PLC0415  (as above)
        from calibration.readiness import lists as readiness_lists  # noqa: F401, PLC0415
        from calibration.reconciliation import again  # noqa: PLC0415
        from calibration.reconciliation import jobs as reconciliation_jobs  # noqa: F401, PLC0415
        from calibration.sessions import lists as session_lists  # noqa: F401, PLC0415
        from calibration.sessions import reminders  # noqa: F401, PLC0415  (as above)

        signals.connect()
        again.connect()
        evidence_jobs.connect()
        panels.connect()
        talking_points.connect()
