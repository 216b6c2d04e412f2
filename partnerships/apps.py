from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self):
        from partnerships import panels, reminding, sign_ins, verbs
        from partnerships.granting import home, notices, subjects
        from partnerships.story import anchoring, kinds, reading

        panels.register()
        home.register()
        notices.register()
        anchoring.register()
        subjects.register(subjects.BODY)
        verbs.register_all()
        kinds.register_all()
        reading.register()
        reminding.register()
        sign_ins.connect()
