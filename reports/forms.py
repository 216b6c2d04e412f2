"""The forms around a report. Each keeps what was typed when it is refused."""

from django import forms
from django.utils.functional import cached_property

from mktogether.lib import uploads
from mktogether.lib.forms import DayField, PortalForm
from reports import pictures
from reports.models import Answer, Comment, Image

SAID_AT_MOST = 4000  # characters of a comment, an answer or a note
MARKDOWN = (
    "Markdown: a blank line between paragraphs, # for a heading, **bold**, - for a list. A figure stands by its name "
    "in braces, such as {contributions total}. The names stand beside this box, or below it on a phone."
)


class WithinAForm(PortalForm):
    """A form whose page writes the form's own element and buttons around the fields."""

    @cached_property
    def helper(self):
        """The fields alone."""
        helper = super().helper
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class SectionForm(WithinAForm):
    """The text of a section, and which version it was made from."""

    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 26, "class": "report-text"}),
        help_text=MARKDOWN,
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class TextsByForm(PortalForm):
    """By which day the texts are wanted."""

    texts_by = DayField(
        label="Texts wanted by",
        required=False,
        first_year=2000,
        help_text="Whoever owes a text is reminded two weeks and three working days before, on the day, and after it. "
        "Leave it empty to remind nobody.",
    )


class SayForm(WithinAForm):
    """Something said of a section or of one of its paragraphs."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[
            (Comment.Kind.CORRECTION, "Factual correction: something is not so"),
            (Comment.Kind.CHALLENGE, "Challenge: something is missing, unclear or not good enough"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is a factual correction or a challenge"},
    )
    text = forms.CharField(
        label="Your comment",
        max_length=SAID_AT_MOST,
        widget=forms.Textarea,
        help_text="The team reads and answers it. It cannot be changed afterwards; you can add another.",
        error_messages={"required": "Enter what you want to say"},
    )


class NoteForm(WithinAForm):
    """A note for oneself."""

    text = forms.CharField(
        label="Your note",
        max_length=SAID_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nobody else reads it.",
        error_messages={"required": "Enter your note"},
    )


class AnswerForm(PortalForm):
    """What came of a comment."""

    submit_label = "Send the answer"

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Answer.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it"},
    )
    text = forms.CharField(
        label="Your answer",
        max_length=SAID_AT_MOST,
        widget=forms.Textarea,
        help_text="It cannot be changed afterwards; you can add a further answer.",
        error_messages={"required": "Enter your answer"},
    )


class PictureForm(PortalForm):
    """A picture for a report."""

    submit_label = "Upload the picture"

    file = forms.FileField(
        label="Picture",
        help_text="PNG, JPEG, WebP or GIF, at most 25 MB. It is made at most 1,600 pixels wide or high.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        error_messages={
            "required": "Choose a picture",
            "empty": "This file is empty. Choose another",
            "invalid": "Choose a picture",
        },
    )
    words = forms.CharField(
        label="What it shows",
        max_length=Image._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In a sentence, for those who do not see it. It is read aloud to them.",
        error_messages={"required": "Enter what the picture shows, for those who do not see it"},
    )

    def __init__(self, *args, too_large=False, **kwargs):
        super().__init__(*args, **kwargs)
        if too_large:  # the file was held back before it came here
            self.fields["file"].error_messages["required"] = uploads.TOO_LARGE

    def clean_file(self):
        """The picture, made small."""
        file = self.cleaned_data["file"]
        if file.size > uploads.LARGEST_FILE:
            raise forms.ValidationError(uploads.TOO_LARGE)
        try:
            return pictures.made_small(file)
        except pictures.Unusable as problem:
            raise forms.ValidationError(str(problem)) from problem


class RemovePictureForm(PortalForm):
    """Nothing but the act."""

    submit_label = "Remove the picture"
    submit_class = "govuk-button--warning"


class ProposeForm(PortalForm):
    """Nothing but the act."""

    submit_label = "Propose that it is published"


class WithdrawForm(PortalForm):
    """Nothing but the act."""

    submit_label = "Withdraw the proposal"


class ApproveForm(PortalForm):
    """What whoever approves was shown."""

    submit_label = "Approve: publish the report"

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read_it = forms.BooleanField(
        label="I read the report as it will be published",
        error_messages={"required": "Read the report as it will be published, and tick that you did"},
    )
