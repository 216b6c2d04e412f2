from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"

    def ready(self):
        from finance import access, story, verbs
        from meetings.sample import parts

        access.register()
        story.register()
        verbs.register_all()
        parts.add("finance.sample.load")
