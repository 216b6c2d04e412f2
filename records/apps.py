from django.apps import AppConfig
from django.core import checks


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self):
        from records import accounts, broker, verbs  # the broker's task signals connect on import
        from records.reminders import sending

        accounts.register()
        sending.register()
        verbs.register_all()
        checks.register(broker.check_queue_is_the_projects)
