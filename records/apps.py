from django.apps import AppConfig
from django.core import checks


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self):
        from records import broker  # its task signals connect on import

        checks.register(broker.check_queue_is_the_projects)
