from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from meetings.sample import parts

        parts.add("reports.sample.load")
