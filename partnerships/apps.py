from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self):
        from partnerships import panels
        from partnerships.granting import home, subjects

        panels.register()
        home.register()
        subjects.register(subjects.BODY)
