from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self):
        from meetings import minutes, panels, workbench

        minutes.register()
        panels.register()
        workbench.register()
