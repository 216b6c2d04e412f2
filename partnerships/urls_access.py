from django.urls import path

from partnerships.views import people, reviews

app_name = "access"
told_as = "who has access"
urlpatterns = [
    path("", people.index, name="index"),
    path("roles/", people.roles, name="roles"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/begin/", reviews.begin, name="begin_reviews"),
    path("reviews/<int:year>-<int:quarter>/evidence.<slug:form>", reviews.evidence_of_quarter, name="quarter_evidence"),
    path("reviews/<uuid:public_id>/", reviews.review, name="review"),
    path("reviews/<uuid:public_id>/close/", reviews.close, name="close_review"),
    path("reviews/<uuid:public_id>/evidence.<slug:form>", reviews.evidence, name="evidence"),
    path("reviews/lines/<uuid:public_id>/keep/", reviews.keep, name="keep"),
    path("reviews/lines/<uuid:public_id>/end/", reviews.end, name="end"),
]
