from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self):
        from meetings import minutes  # noqa: PLC0415 - fills the registries of jobs and files, which need the models

        minutes.register()
