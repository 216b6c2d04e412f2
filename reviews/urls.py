"""Cases. What stands in an address says nothing of a case: no reference, no kind."""

from django.urls import path

from reviews.views import audits, cases, deadlines, details, panels, people, referrals

app_name = "cases"
told_as = "cases"
urlpatterns = [
    path("", cases.cases, name="list"),
    path("new/", cases.register, name="register"),
    path("deadlines/", deadlines.board, name="deadlines"),
    path("audits/", audits.audits, name="audits"),
    path("audits/new/", audits.begin, name="begin_audit"),
    path("audits/<uuid:public_id>/", audits.audit, name="audit"),
    path("audits/<uuid:public_id>/end/", audits.end, name="end_audit"),
    path("refer/", referrals.refer, name="refer"),
    path("receipts/", referrals.receipts, name="receipts"),
    path("receipts/<uuid:public_id>/", referrals.receipt, name="receipt"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:public_id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:public_id>/accept/", referrals.accept, name="accept"),
    path("referrals/<uuid:public_id>/close/", referrals.close, name="close_referral"),
    path("decisions/<uuid:public_id>/", panels.decision, name="decision"),
    path("decisions/<uuid:public_id>/correct/", panels.correct, name="correct"),
    path("people/<uuid:public_id>/change/", details.change, name="change_person"),
    path("people/<uuid:public_id>/remove/", details.remove, name="remove_person"),
    path("<uuid:public_id>/", cases.case, name="case"),
    path("<uuid:public_id>/change/", cases.change, name="change"),
    path("<uuid:public_id>/close/", cases.close, name="close"),
    path("<uuid:public_id>/reopen/", cases.reopen, name="reopen"),
    path("<uuid:public_id>/keep/", people.keep, name="keep"),
    path("<uuid:public_id>/deadlines/", deadlines.of_case, name="time"),
    path("<uuid:public_id>/deadlines/<int:number>/why/", deadlines.why, name="why"),
    path("<uuid:public_id>/dates/<int:number>/", deadlines.date, name="date"),
    path("<uuid:public_id>/dates/<int:number>/remove/", deadlines.remove_date, name="remove_date"),
    path("<uuid:public_id>/hold/", deadlines.hold, name="hold"),
    path("<uuid:public_id>/resume/", deadlines.resume, name="resume"),
    path("<uuid:public_id>/panel/", panels.name, name="panel"),
    path("<uuid:public_id>/decide/", panels.decide, name="decide"),
    path("<uuid:public_id>/people/", details.people, name="people"),
    path("<uuid:public_id>/people/new/", details.enter, name="enter_person"),
    path("<uuid:public_id>/reads/", people.reads, name="reads"),
    path("<uuid:public_id>/history/", people.history, name="history"),
]
