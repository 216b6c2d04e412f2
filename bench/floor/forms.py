"""The floor's forms, as Django renders them by itself."""

from django import forms
from django.db.models import Q

from meetings.models import Action, AgendaItem, Decision
from partnerships.models import Person


class DecisionForm(forms.ModelForm):
    class Meta:
        model = Decision
        fields = ["wording"]


class ActionForm(forms.ModelForm):
    class Meta:
        model = Action
        fields = ["what", "owner", "due_on"]

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        part = Q(appointments__seat__body=meeting.body_id) | Q(deputisings__seat__body=meeting.body_id)
        self.fields["owner"].queryset = Person.objects.filter(part).distinct().order_by("post")


class NoteForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["note"]


class TapForm(forms.Form):
    STATES = [
        ("present", "Present"),
        ("remote", "Remote"),
        ("deputy", "Deputy"),
        ("apologies", "Apologies"),
        ("absent", "Absent"),
    ]
    state = forms.ChoiceField(choices=STATES)
