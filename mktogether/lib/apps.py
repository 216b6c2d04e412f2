from django.apps import AppConfig


class LibConfig(AppConfig):
    """The floor holds no models; it is an app so that templates can load its tags."""

    name = "mktogether.lib"
    label = "lib"
