"""Every address of the portal. Each view declares who may ask for it; see records/access.py."""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.defaults import bad_request, page_not_found, server_error

from mktogether import errors
from partnerships import views as partnerships
from records import views as records
from records.access import public, signed_in

handler400 = bad_request
handler403 = errors.forbidden
handler404 = page_not_found
handler500 = server_error

accounts = [
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("account/password/", signed_in(account.password_change), name="account_change_password"),
    path("account/confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/reset/", public(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", public(account.password_reset_done), name="account_reset_password_done"),
    re_path(  # the account is the part up to the first dash; the key holds a dash of its own
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("account/inactive/", public(account.account_inactive), name="account_inactive"),
    # The library asks for these names; sign-up is closed and addresses are kept by the team.
    path("sign-up/", public(account.signup), name="account_signup"),
]

urlpatterns = [
    path("", partnerships.home, name="home"),
    path("health/", records.health, name="health"),
    path("accessibility/", partnerships.accessibility, name="accessibility"),
    path("privacy/", partnerships.privacy, name="privacy"),
    path("cookies/", partnerships.cookies, name="cookies"),
    path("worried/", partnerships.worried, name="worried"),
    path("files/<uuid:public_id>/", records.download, name="file"),
    path("jobs/<uuid:public_id>/", records.work, name="work"),
    path("jobs/<uuid:public_id>/cancel/", records.cancel_work, name="cancel_work"),
    path("meetings/", include("meetings.urls")),
    path("replies/", include("meetings.urls_replies")),
    path("calendars/", include("meetings.urls_calendars")),
    path("actions/", include("meetings.urls_actions")),
    path("boards/", include("meetings.urls_representation")),  # before any board of the name
    path("boards/", include("partnerships.urls")),
    path("partners/", include("partnerships.urls_partners")),
    path("arrangements/", include("partnerships.urls_arrangements")),
    path("access/", include("partnerships.urls_access")),
    path("people/", include("partnerships.urls_people")),
    path("me/calendars/", include("meetings.urls_own")),
    path("me/", include("partnerships.urls_own")),
    path("reminders/", include("partnerships.urls_reminders")),
    path("access/", include("partnerships.urls_granting")),
    path("workbench/", include("partnerships.urls_workbench")),
    path("history/", include("partnerships.urls_history")),
    path("cases/", include("reviews.urls")),
    path("money/", include("finance.urls")),
    path("reports/", include("reports.urls")),
    *accounts,
]
