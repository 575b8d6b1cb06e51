"""Settings of the work zone. Everything that differs between installations comes from `environment`."""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from qingfeng.site.environment import read_environment

environment = read_environment()
PACKAGE = Path(__file__).resolve().parents[1]
HANDBOOK = PACKAGE.parent / "docs" / "handbook"
ZONE = environment.zone
ZONE_HOME = environment.zone_home
FILES = ZONE_HOME / "files"
KEYS = ZONE_HOME / "keys"
BUSINESS_DATE_FILE = ZONE_HOME / "business_date"
IS_DEMO = (ZONE_HOME / "demo.json").is_file()
"""Made-up people and places, loaded by `qingfeng.demo`: the sign-in page says so."""


def secret_key() -> str:
    """The signing key of this installation: made once, kept in the data folder, readable by its owner only."""
    path = KEYS / "secret_key"
    if not path.exists():
        KEYS.mkdir(parents=True, exist_ok=True)
        KEYS.chmod(0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")


def kept_business_date() -> date | None:
    """The day on which a demo plays, written beside its data when it was loaded."""
    if not BUSINESS_DATE_FILE.is_file():
        return None
    return date.fromisoformat(BUSINESS_DATE_FILE.read_text(encoding="ascii").strip())


def database() -> dict[str, Any]:
    """SQLite in the data folder, or the PostgreSQL that QINGFENG_DATABASE names."""
    if not environment.database:
        ZONE_HOME.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ZONE_HOME / "db.sqlite3",
            "OPTIONS": {
                # DEFERRED read-then-write fails under concurrent writers: see ARCHITECTURE, the stack.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    url = urlsplit(environment.database)
    if url.scheme not in {"postgresql", "postgres"}:
        raise ValueError("QINGFENG_DATABASE: 只支持 postgresql:// 地址")
    options: dict[str, Any] = dict(parse_qsl(url.query))
    # Compiling a page's statements takes longer than they do, and on today's disks an index is no dearer than a walk:
    # by its own defaults PostgreSQL reads a ledger of a million rows whole.
    # What is prepared (`records.prepared`) and takes a value is planned for that value.
    options.setdefault("options", "-c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_custom_plan")
    # Asked so often on one connection a question is prepared. `?prepare_threshold=never` behind a pooler that hands the
    # statements of one connection to another.
    threshold = options.pop("prepare_threshold", "2")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", "") or url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": options | {"prepare_threshold": int(threshold) if threshold.isdecimal() else None},
        "CONN_MAX_AGE": 600,
    }


SECRET_KEY = secret_key()
BUSINESS_TODAY = environment.today or kept_business_date()
DEBUG = environment.debug
ALLOWED_HOSTS = [host.strip() for host in environment.hosts.split(",") if host.strip()]
DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What an index includes beside its key is for PostgreSQL: SQLite builds the index without it, as is wanted.
# Names of accounts are once among those that stand: whose import was taken back is void, and its name is free again.
SILENCED_SYSTEM_CHECKS = ["models.W040", "auth.W004"]

INSTALLED_APPS = [
    "qingfeng.apps.base.web",
    "qingfeng.apps.base.records",
    "qingfeng.apps.base.orgs",
    "qingfeng.apps.base.documents",
    "qingfeng.apps.base.handover",
    "qingfeng.apps.base.jobs",
    "qingfeng.apps.work.campaigns",
    "qingfeng.apps.work.inspections",
    "qingfeng.apps.work.problems",
    "qingfeng.apps.work.returns",
    "qingfeng.apps.work.reports",
    "qingfeng.apps.work.desk",
    "qingfeng.apps.work.search",
    "qingfeng.site.apps.SiteConfig",
    "django_cotton",
    "django_htmx",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "qingfeng.apps.base.orgs.sessions.whole_sign_in",
    "qingfeng.apps.base.orgs.sessions.keep_alive",
    "qingfeng.apps.base.web.memory.page_memory",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qingfeng.apps.base.web.middleware.refusals",
    "qingfeng.apps.base.orgs.accounts.first_password",
]

ROOT_URLCONF = "qingfeng.site.urls"
WSGI_APPLICATION = "qingfeng.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qingfeng.apps.base.web.context.frame",
            ],
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "qingfeng.apps.base.web.rendering.FormRenderer"

# Accounts. Nobody signs up: an administrator makes the accounts.
AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = ["qingfeng.apps.base.orgs.sessions.SignedIn"]
ACCOUNT_ADAPTER = "qingfeng.apps.base.orgs.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "qingfeng.apps.base.orgs.accounts.SignInForm",
    "change_password": "qingfeng.apps.base.orgs.accounts.OwnPasswordForm",
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/5m/key,20/5m/ip", "change_password": "5/m/user"}
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
    {"NAME": "qingfeng.apps.base.orgs.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 2 * 3600  # half a morning without a click ends the session
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "qingfeng.apps.base.web.views.form_expired"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

# Language and time. Messages are written in Chinese; English can be chosen.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = environment.home.expanduser().resolve() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_LIMIT = 20 * 1024 * 1024
JOB_RESULTS_KEPT_DAYS = environment.results_kept_days
EXPORT_AT_ONCE = 2000
"""Rows up to which an export is answered at once; more are made by the worker."""
DRAFT_DAYS = 30  # what is typed and not filed is kept that long
DRAFTS_EACH = 20  # as many a person
RECTIFICATION_DAYS = (5, 10, 15)  # working days offered as a time limit beside the last one used

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
