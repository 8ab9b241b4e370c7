"""All settings, driven by the environment; what production must set has no default."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from pghistory import ContextJSONField, DeleteEvent, InsertEvent, UpdateEvent

from khoidan.core.database import database_url
from khoidan.core.logs import in_one_line

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Off only where the browser talks to this machine itself (`make run`): cookies and redirects then work without TLS.
HTTPS = env.bool("HTTPS", default=True)

INSTALLED_APPS = [
    "khoidan.accounts.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_filters",
    "django_htmx",
    "guardian",
    "pgtrigger",
    "pghistory",
    "khoidan.accounts.administration.SignInsConfig",  # axes
    "csp",
    "khoidan.core",
    "khoidan.accounts",
    "khoidan.organizations",
    "khoidan.staffing",
    "khoidan.files",
    "khoidan.notices",
    "khoidan.tasks",
    "khoidan.activities",
    "khoidan.meetings",
    "khoidan.dashboards",
]

MIDDLEWARE = [
    "khoidan.core.middleware.health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "khoidan.core.middleware.privacy",
    "khoidan.core.middleware.unreadable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "khoidan.accounts.middleware.SessionLimits",
    "khoidan.accounts.middleware.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "khoidan.staffing.middleware.FreshGrants",
    "khoidan.files.middleware.no_orphans",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "khoidan.urls"
WSGI_APPLICATION = "khoidan.wsgi.application"
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
                "khoidan.dashboards.frame.frame",
            ],
        },
    },
]
# What pages have in common is kept drawn; nothing else rests on it, so each process keeps its own.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}}

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db_url_config(database_url())}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "ATOMIC_REQUESTS": True,
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "khoidan.organizations.backends.AppointmentBackend",
]
# Argon2id at OWASP's minimum: the stock settings of Django make a morning of sign-ins wait.
PASSWORD_HASHERS = ["khoidan.accounts.hashers.OfficeArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "khoidan.accounts.validators.MaximumLengthValidator", "OPTIONS": {"max_length": 128}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "khoidan.accounts.validators.OfficeWordsValidator"},
    {"NAME": "khoidan.accounts.validators.RunsValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "dashboards:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

# guardian: rights sit on Unit by direct foreign key; nobody is anonymous here, and the admin site never edits grants.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # our own backend wraps guardian's
    "security.W005",  # HSTS for subdomains and
    "security.W021",  # for browsers' preload lists: the owner of the domain decides, see HSTS_SUBDOMAINS below
]

SESSION_ENGINE = "khoidan.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600  # absolute, seconds
SESSION_IDLE = 60 * 60  # seconds without a request
SESSION_IDLE_ADMIN = 30 * 60
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "khoidan.core.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Both bind other sites of the same domain, for a year and longer: the office says so, or they stay off.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.bool("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_PRELOAD", default=False)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's check marks are data: pictures in its style sheet
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "khoidan.accounts.lockout.locked"
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "khoidan.accounts.lockout.address"
AXES_SENSITIVE_PARAMETERS = ["password"]
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # khoidan.staffing.admin shows its tables

PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = ContextJSONField()
PGHISTORY_DEFAULT_TRACKERS = (InsertEvent(), UpdateEvent(), DeleteEvent())
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_ADMIN_CLASS = None

# Without a server of post nothing is put in line, and pages say so.
EMAIL_URL = env("EMAIL_URL", default="")
MAIL = env.email_url_config(EMAIL_URL or "dummymail://")
globals().update(MAIL)  # EMAIL_HOST and what belongs to it
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"].replace("django.core.mail.backends.smtp", "khoidan.notices.smtp")
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="khoidan@localhost")
SITE_URL = env("SITE_URL", default="").rstrip("/")  # where mails lead to

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [BASE_DIR / "khoidan" / "locale"]
FORMAT_MODULE_PATH = ["khoidan.core.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
NODE = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap/css", NODE / "bootstrap" / "dist" / "css"),
    ("tom-select/css", NODE / "tom-select" / "dist" / "css"),
    ("tom-select/js", NODE / "tom-select" / "dist" / "js"),
    ("datepicker/css", NODE / "vanillajs-datepicker" / "dist" / "css"),
    ("datepicker/js", NODE / "vanillajs-datepicker" / "dist" / "js"),
    ("inter", NODE / "@fontsource-variable" / "inter"),
]
STORAGES = {
    "default": {"BACKEND": "khoidan.files.storage.DurableStorage"},
    "staticfiles": {"BACKEND": "khoidan.core.static.Storage"},
}

FILES_ROOT = Path(env("FILES_ROOT", default=str(BASE_DIR / "var" / "files"))).absolute()
FILES_QUOTA = 2048  # megabytes of one unit, unless the administrator gave it another
FILE_UPLOAD_HANDLERS = [
    "khoidan.files.uploading.Ceiling",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024  # a million typed characters get a sentence, not an error page
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "filters": {"in_one_line": {"()": "django.utils.log.CallbackFilter", "callback": in_one_line}},
    "loggers": {"axes": {"level": "ERROR"}, "django.request": {"filters": ["in_one_line"]}},
}
