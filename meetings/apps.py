from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self):
        from meetings import (
            leaving,
            minutes,
            panels,
            reminders,
            reminders_of_deputies,
            story,
            subjects,
            verbs,
            workbench,
        )

        leaving.register()
        minutes.register()
        panels.register()
        reminders.register()
        reminders_of_deputies.register()
        subjects.register()
        workbench.register()
        verbs.register_all()
        story.register()
