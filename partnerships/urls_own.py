from django.urls import path

from partnerships.views import own, own_mail

app_name = "me"
told_as = "one’s own account"
urlpatterns = [
    path("", own.me, name="me"),
    path("reminders/", own_mail.reminders, name="reminders"),
    path("mail/", own_mail.mailbox, name="mailbox"),
    path("mail/<int:pk>/", own_mail.mail, name="mail"),
    path("mail/<int:pk>/as-a-page/", own_mail.mail_as_page, name="mail_as_page"),
    path("sessions/<int:pk>/end/", own.end_session, name="end_session"),
    path("sessions/end-others/", own.end_other_sessions, name="end_other_sessions"),
]
