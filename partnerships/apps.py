from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self):
        from partnerships import panels
        from partnerships.granting import subjects

        panels.register()
        subjects.register(subjects.BODY)
