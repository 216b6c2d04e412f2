from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self):
        from meetings.sample import parts
        from reviews import access, panels, reminders, subjects, verbs

        subjects.register()
        access.register()
        panels.register()
        verbs.register_all()
        reminders.register()
        parts.add("reviews.sample.load")
        parts.add("reviews.sample_counts.load")
