from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from meetings.sample import parts
        from reports import access, building, notices, panels, pictures, reminders, story, verbs

        access.register()
        building.register()
        notices.register()
        panels.register()
        pictures.register()
        reminders.register()
        story.register()
        verbs.register_all()
        parts.add("reports.sample.load")
