from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self):
        from meetings import minutes, panels, story, subjects, verbs, workbench

        minutes.register()
        panels.register()
        subjects.register()
        workbench.register()
        verbs.register_all()
        story.register()
