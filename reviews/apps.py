from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self):
        from meetings.sample import parts
        from reviews import access, subjects, verbs

        subjects.register()
        access.register()
        verbs.register_all()
        parts.add("reviews.sample.load")
        parts.add("reviews.sample_counts.load")
