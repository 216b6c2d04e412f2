from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self):
        from meetings.sample import parts
        from reviews import access, subjects

        subjects.register()
        access.register()
        parts.add("reviews.sample.load")
