"""Settings, all from the environment. `MODE` is production unless said otherwise, and production refuses unsafe values."""

from pathlib import Path

import environ
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from hrportal.common.logs import keep_secret_addresses, traceback_without_rows
from hrportal.sign_in import providers

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Who runs us: production (the default, strict), demo (one process, no broker), test.
MODE = env.str("MODE", "production")
IS_PRODUCTION = MODE == "production"
DEMO_SECRET_KEY = "demo-only-" + "insecure-" * 6

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "" if IS_PRODUCTION else DEMO_SECRET_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("PUBLIC_URL", "http://localhost:8000").rstrip("/")
REDIS_URL = env.str("REDIS_URL", "")
# One switch for all that needs HTTPS: redirect, HSTS, secure cookies.
SECURE = env.bool("SECURE", IS_PRODUCTION)
# Identity providers, as JSON: docs/single-sign-on.md says what each entry holds.
SSO_PROVIDERS = env.json("SSO_PROVIDERS", default=[])
SAML_PROVIDERS = env.json("SAML_PROVIDERS", default=[])


def _refuse_unsafe_production() -> None:
    """Stop before serving real people with a key anyone can read or with debug pages."""
    if MODE not in {"production", "demo", "test"}:
        raise ImproperlyConfigured(f"MODE must be production, demo or test, not {MODE!r}.")
    if not IS_PRODUCTION:
        return
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if len(SECRET_KEY) < 50 or SECRET_KEY == DEMO_SECRET_KEY:
        raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters of your own.")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names this portal is reached by.")


_refuse_unsafe_production()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "hrportal.common.apps.StaticFilesConfig",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "template_partials",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *([providers.SAML_APP] if SAML_PROVIDERS else []),
    "allauth.idp.oidc",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "hrportal.common",
    "hrportal.journal",
    "hrportal.people",
    "hrportal.sign_in",
    "hrportal.notices",
    "performance",
    "talent",
    "calibration",
    "hrportal.integrations",
    "hrportal.integrations.feeds",
    "hrportal.integrations.scim",
    "hrportal.integrations.webhooks",
    "hrportal.home",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hrportal.common.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hrportal.sign_in.second_factor.SecondFactorMiddleware",
    "hrportal.common.middleware.MethodPageMiddleware",
    "hrportal.common.middleware.DeclaredAccessMiddleware",
]

# Widgets are drawn by templates of our own where there is one.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

ROOT_URLCONF = "hrportal.urls"
WSGI_APPLICATION = "hrportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "hrportal.home.navigation.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "template_partials.templatetags.partials"],
        },
    }
]

# Database: PostgreSQL in production, SQLite for the demo and quick tests.

DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'demo.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without IMMEDIATE, two writers that both read first fail with "database is locked".
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=20,
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    )
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "hrportal.common.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# People and sign-in.

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["hrportal.people.backends.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["hrportal.people.hashers.PortalArgon2Hasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:my_work"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {"login": "hrportal.sign_in.forms.SignInForm"}
ACCOUNT_ADAPTER = "hrportal.sign_in.adapters.InvitationOnlyAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# By account strictly, by address so that an office behind one address can sign in on deadline day.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "60/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
INVITATION_DAYS = env.int("INVITATION_DAYS", 7)
PASSWORD_RESET_TIMEOUT = INVITATION_DAYS * 24 * 3600
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "hrportal"
# Roles that need a second step. Whoever a provider signed in has brought theirs there.
MFA_REQUIRED_ROLES = env.list("MFA_REQUIRED_ROLES", default=["admin", "hrleader", "hrbp"] if IS_PRODUCTION else [])
SSO_BRINGS_SECOND_FACTOR = env.bool("SSO_BRINGS_SECOND_FACTOR", True)
# With SSO_ONLY a password lets only administrators in: the way in when the provider is away.
SSO_ONLY = env.bool("SSO_ONLY", False)
SOCIALACCOUNT_ADAPTER = "hrportal.sign_in.adapters.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": providers.oidc_apps(SSO_PROVIDERS)},
    "saml": {"APPS": providers.saml_apps(SAML_PROVIDERS)},
}
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", 12 * 3600)

# API clients: opaque tokens for client credentials, served by allauth's provider.

IDP_OIDC_ACCESS_TOKEN_FORMAT = "opaque"
IDP_OIDC_ADAPTER = "hrportal.integrations.oauth.adapter.ClientsOnlyAdapter"
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = env.int("API_TOKEN_SECONDS", 3600)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "hrportal.people.tokens.PersonalTokenAuthentication",
        "hrportal.integrations.oauth.authentication.ClientTokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["hrportal.common.api.DeclaredAccess"],
    "DEFAULT_PARSER_CLASSES": ["hrportal.common.parsing.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "hrportal.common.api.CursorPages",
    "DEFAULT_FILTER_BACKENDS": ["hrportal.common.api.StrictFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "hrportal.common.schema.ProblemSchema",
    "EXCEPTION_HANDLER": "hrportal.common.problems.problem_handler",
    "DEFAULT_THROTTLE_CLASSES": ["hrportal.common.rates.RateThrottle"],
    "NUM_PROXIES": 1 if env.bool("BEHIND_PROXY", False) else 0,
    "FORMAT_SUFFIX_KWARG": None,
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
# Requests a minute: of each client, person, calendar and SCIM token, and, where nobody is known yet, of each address.
# 0 is no limit.
API_RATE_LIMITS = {
    "read": env.int("API_READS_PER_MINUTE", 1200),
    "write": env.int("API_WRITES_PER_MINUTE", 600),
    "token": env.int("API_TOKENS_PER_MINUTE", 60),
    "scim": env.int("SCIM_REQUESTS_PER_MINUTE", 3000),
    "calendar": env.int("CALENDAR_READS_PER_MINUTE", 20),
    "wrong_token": env.int("WRONG_TOKENS_PER_MINUTE", 60),
}
# How long the answer to a POST with an Idempotency-Key is kept, and how long one may run before it counts as abandoned.
IDEMPOTENCY_HOURS = env.int("IDEMPOTENCY_HOURS", 24)
IDEMPOTENCY_CLAIM_SECONDS = env.int("IDEMPOTENCY_CLAIM_SECONDS", 120)

SPECTACULAR_SETTINGS = {
    "TITLE": "hrportal API",
    "DESCRIPTION": (BASE_DIR / "hrportal/integrations/description.md").read_text(encoding="utf-8"),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "hrportal.common.schema.describe_resources",
        "hrportal.common.sparse.describe_parts",
        "hrportal.common.examples.add_examples",
        "hrportal.common.examples.share_headers",
    ],
    "WEBHOOKS": "hrportal.integrations.webhooks.api.openapi.WEBHOOKS",
    # Fields of several resources share a name; the choices behind them get one each.
    "ENUM_NAME_OVERRIDES": {
        "EmploymentStatusEnum": "hrportal.people.enums.EmploymentStatus",
        "PersonResultEnum": "hrportal.people.api.employees.RESULTS",
        "MilestoneResultEnum": "performance.enums.MilestoneResult",
        "UnitKindEnum": "hrportal.people.enums.UnitKind",
        "CompetencyKindEnum": "hrportal.people.enums.CompetencyKind",
        "JobStateEnum": "hrportal.journal.enums.JobState",
        "MailRhythmEnum": "hrportal.notices.enums.MailRhythm",
        "ChatRhythmEnum": "hrportal.notices.enums.ChatRhythm",
        "ChatServiceEnum": "hrportal.notices.enums.ChatService",
        "ChatConnectionStateEnum": "hrportal.notices.enums.ConnectionState",
        "ChatBrokenBecauseEnum": "hrportal.notices.enums.BrokenBecause",
        "CycleKindEnum": "performance.enums.CycleKind",
        "RaterGroupEnum": "performance.enums.RaterGroup",
        "RoundStateEnum": "performance.enums.RoundState",
        "RoundQuestionKindEnum": "performance.enums.RoundQuestionKind",
        "MeetingRhythmEnum": "performance.enums.Rhythm",
        "CheckInRhythmEnum": "performance.enums.CheckInRhythm",
        "CalibrationReasonEnum": "calibration.enums.Reason",
        "ComparisonOutcomeEnum": "calibration.enums.Outcome",
        "DifferenceKindEnum": "calibration.enums.DifferenceKind",
        "DeliveryStateEnum": "hrportal.journal.enums.DeliveryState",
        "CycleStateEnum": "performance.enums.CycleState",
        "ReviewStateEnum": "performance.enums.ReviewState",
        "SectionKindEnum": "performance.enums.SectionKind",
        "QuestionKindEnum": "performance.enums.QuestionKind",
        "RemarkKindEnum": "performance.enums.RemarkKind",
        "GoalKindEnum": "performance.enums.GoalKind",
        "GoalStateEnum": "performance.enums.GoalState",
        "GoalProposalStateEnum": "performance.enums.ProposalState",
        "FeedbackKindEnum": "performance.enums.FeedbackKind",
        "LooseEndEnum": "performance.enums.accountability.LooseEnd",
        "ImprovementStateEnum": "performance.enums.ImprovementState",
        "ImprovementEntryKindEnum": "performance.enums.ImprovementEntryKind",
        "SupportKindEnum": "performance.enums.SupportKind",
        "SessionStateEnum": "calibration.enums.SessionState",
        "PreReadEnum": "calibration.enums.PreRead",
        "SuggestionAnswerEnum": "calibration.enums.SuggestionAnswer",
        "ReadinessVerdictEnum": "calibration.enums.readiness.Verdict",
        "HandOverKindEnum": "calibration.enums.HandOverKind",
        "RewardStateEnum": "talent.enums.RewardState",
        "PayPositionEnum": "talent.enums.PayPosition",
        "LeftOutEnum": "talent.enums.LeftOut",
        "PlanStateEnum": "talent.enums.PlanState",
        "ItemStateEnum": "talent.enums.ItemState",
        "SkillSourceEnum": "talent.enums.SkillSource",
        "ProfileDayEnum": "talent.enums.ProfileDay",
        "GapGroupingEnum": "talent.enums.GapGrouping",
        "SuccessorStateEnum": "talent.enums.SuccessorState",
        "TalentReviewStateEnum": "talent.enums.TalentReviewState",
        "TalentReviewDecisionEnum": "talent.enums.DecisionKind",
        "ActionKindEnum": "talent.enums.ActionKind",
        "ItemPurposeEnum": "talent.enums.ItemPurpose",
        "ItemClosedByEnum": "talent.enums.ClosedBy",
        "LearningKindEnum": "talent.enums.LearningKind",
        "LearningProofEnum": "talent.enums.Proof",
        "EnrolmentStateEnum": "talent.enums.EnrolmentState",
        "MentoringStateEnum": "talent.enums.MentoringState",
        "CareerStepKindEnum": "talent.enums.StepKind",
        "OpportunityKindEnum": "talent.enums.OpportunityKind",
        "OpportunityStateEnum": "talent.enums.OpportunityState",
        "InterestStateEnum": "talent.enums.InterestState",
        "MatchPartEnum": "talent.enums.MatchPart",
        "BenchHealthEnum": "talent.enums.BenchHealth",
        "PotentialStateEnum": "talent.enums.PotentialRoundState",
        "PotentialRaterKindEnum": "talent.enums.RaterKind",
        "PotentialRaterStateEnum": "talent.enums.RaterState",
        "PotentialDimensionEnum": "talent.enums.PotentialDimension",
        "PoolKindEnum": "talent.enums.PoolKind",
        "PoolMemberStateEnum": "talent.enums.PoolMemberState",
        "StayInterviewStateEnum": "talent.enums.StayInterviewState",
        "RetentionKindEnum": "talent.enums.RetentionKind",
        "RetentionDriverEnum": "talent.enums.Driver",
        "RiskLevelEnum": "talent.enums.RiskLevel",
        "RetentionOutcomeEnum": "talent.enums.RetentionOutcome",
        "RetentionStateEnum": "talent.enums.RetentionState",
        "OpenTopicEnum": "talent.enums.OpenTopic",
        "PlacementOutcomeEnum": "talent.enums.PlacementOutcome",
        "ReadinessEnum": "talent.enums.Readiness",
        "DatumEnum": "talent.enums.Datum",
        "WebhookEndpointStateEnum": "hrportal.integrations.webhooks.enums.EndpointState",
        "WebhookDeliveryStateEnum": "hrportal.integrations.webhooks.enums.MessageState",
        "VacancyStateEnum": "talent.enums.VacancyState",
        "VacancyReasonEnum": "talent.enums.VacancyReason",
        "VacancyBecauseEnum": "talent.enums.VacancyBecause",
        "CriticalBecauseEnum": "talent.enums.CriticalBecause",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Some hundred resources: closed to look over, and found by typing.
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "filter": True, "tagsSorter": "alpha"},
}

# Celery: the broker carries hints, so it may be slow, empty or gone (docs/decisions.md).

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
}
# A request never waits for a broker that is down: one quick try, then the sweep finds the work.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}

# Pages.

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Maps from what is served to its sources are read by developers alone.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))

LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en")
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["hrportal.formats"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True

EMAIL_CONFIG = env.email("EMAIL_URL", "smtp://localhost:25" if IS_PRODUCTION else "consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "hrportal@localhost")

# Chat: the portal's own app in Slack, and where addresses that people made in Slack and Teams may lead.

SLACK_BOT_TOKEN = env.str("SLACK_BOT_TOKEN", "")
SLACK_API_URL = env.str("SLACK_API_URL", "https://slack.com/api").rstrip("/")
SLACK_WEBHOOK_HOSTS = env.list("SLACK_WEBHOOK_HOSTS", default=["hooks.slack.com", "hooks.slack-gov.com"])
TEAMS_WEBHOOK_HOSTS = env.list(
    "TEAMS_WEBHOOK_HOSTS",
    default=["*.webhook.office.com", "*.logic.azure.com", "*.environment.api.powerplatform.com"],
)

# Security.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *providers.origins_of([*SSO_PROVIDERS, *SAML_PROVIDERS])],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Without this, rate limits would take the proxy for the one who signs in.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# Journal and jobs.

DELIVERY_ATTEMPTS = 8
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 60)

# Requests to the outside (webhooks, chat): where they may lead besides the public internet.

OUTGOING_PORTS = env.list("OUTGOING_PORTS", cast=int, default=[443, 8443])
OUTGOING_ALLOWED_NETWORKS = env.list("OUTGOING_ALLOWED_NETWORKS", default=[])
# Without TLS and at any port, on the same machine: to try things out, never in production.
OUTGOING_LOCAL_RECEIVERS = not IS_PRODUCTION
# How many webhooks one process sends to at once.
WEBHOOK_THREADS = env.int("WEBHOOK_THREADS", 0 if MODE == "test" else 8)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                keep_secret_addresses,
                structlog.processors.JSONRenderer(),
            ],
            # Tracebacks without local variables and quoted rows: those hold what people wrote.
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso"),
                traceback_without_rows,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    # Whatever the level: this one writes down addresses, and those of chats are secrets.
    "loggers": {"urllib3": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO" if IS_PRODUCTION else "WARNING")},
}
