from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"

    def ready(self):
        from finance import access, story, verbs
        from meetings.sample import parts
        from partnerships import navigation

        navigation.add(navigation.Section("Money", "/money/", shown=access.finds_money), order=54)
        story.register()
        verbs.register_all()
        parts.add("finance.sample.load")
