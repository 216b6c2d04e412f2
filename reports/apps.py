from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from meetings.sample import parts
        from reports import access, building, panels, pictures, reminders, story, verbs

        access.register()
        building.register()
        panels.register()
        pictures.register()
        reminders.register()
        story.register()
        verbs.register_all()
        parts.add("reports.sample.load")
