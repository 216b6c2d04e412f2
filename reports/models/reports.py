"""A yearly report, its sections, every version of their text, and the pictures in it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mktogether.lib.constraints import filled, in_order, one_of, paired
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models import Body
from partnerships.roles import Act
from partnerships.standing import standing_of
from records.models import Area, StoredFile


class Kind(models.TextChoices):
    """What a section is made of: text that people write, or records. Each may have a text; the built ones need none."""

    TEXT = "text", "Text"
    STRUCTURE = "structure", "Boards and groups"
    REVIEWS = "reviews", "Reviews of the year"
    ATTENDANCE = "attendance", "Partnership representation"
    CONTRIBUTIONS = "contributions", "Contributions"
    BUDGET = "budget", "Budget"
    GLOSSARY = "glossary", "Abbreviations"
    CONTACTS = "contacts", "Contacts"


class State(models.TextChoices):
    """Where a report stands on its way to the public."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Waiting for approval"
    PUBLISHED = "published", "Published"


# Sections about money: the only ones of a draft that the finance editor reads.
MONEY = (Kind.CONTRIBUTIONS, Kind.BUDGET)


class ReportQuerySet(ScopedQuerySet):
    def seen_by(self, user):
        """What is published, for everybody; drafts for those who read them, at least in part."""
        standing = standing_of(user)
        drafts = any(standing.reach(act).area for act in (Act.READ_DRAFTS, Act.READ_DRAFT_MONEY))
        published = Q(state=State.PUBLISHED)
        return self.filter(published | Q(area__in=standing.area_ids) if drafts else published)

    def in_making(self, user):
        """Those whose making somebody follows, at least in part: while they are drafts, and once they are published."""
        standing = standing_of(user)
        follows = any(standing.reach(act).area for act in (Act.READ_DRAFTS, Act.READ_DRAFT_MONEY))
        found = self._scoped("in_making")
        return found.filter(area__in=standing.area_ids) if follows else found.none()


class Report(models.Model):
    """The report of one year. While it is a draft its figures are live; publishing freezes the whole as values."""

    State = State

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="reports")
    slug = models.SlugField(max_length=60, unique=True, help_text="The area's code and the year, as in its address.")
    title = models.CharField(max_length=160)
    starts_on = models.DateField("first day of the year")
    ends_on = models.DateField("last day of the year")
    board = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", help_text="The board whose representation it prints."
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    texts_by = models.DateField(
        "texts wanted by", null=True, blank=True, help_text="Whoever owes a text is reminded of this day."
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField(null=True, blank=True, help_text="As it was published: texts and figures as values.")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            in_order(
                "starts_on",
                "ends_on",
                name="report_year_ends_after_it_begins",
                message="The year ends before it begins.",
            ),
            models.UniqueConstraint(fields=["area", "starts_on"], name="one_report_for_a_year"),
            one_of("state", State, name="report_is_in_a_state"),
            filled("title", name="report_has_a_title"),
            paired("proposed_at", "proposed_by", name="report_proposed_at_and_by"),
            paired("published_at", "published_by", "content", "file", name="published_report_is_whole"),
            models.CheckConstraint(
                condition=Q(state="draft", proposed_at__isnull=True, published_at__isnull=True)
                | Q(state="proposed", proposed_at__isnull=False, published_at__isnull=True)
                | Q(state="published", proposed_at__isnull=False, published_at__isnull=False),
                name="report_state_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("proposed_by")),
                name="two_people_publish_a_report",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/reports/{self.slug}/"

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED


class PartOfAReport(ScopedQuerySet):
    """Rows that belong to a report: seen by whoever sees it, unless the model says less."""

    def seen_by(self, user):
        return self.filter(report__in=Report.objects.visible_to(user))

    def in_making(self, user):
        """Those of reports whose making somebody follows, also once they are published."""
        return self._scoped("in_making").filter(report__in=Report.objects.in_making(user))

    def of(self, report):
        """Those of a report that was found for whoever looks."""
        return self.regardless("of a report that was found before").filter(report=report)


class SectionQuerySet(PartOfAReport):
    def seen_by(self, user):
        """Those of published reports, and of drafts; the finance editor reads the parts of a draft about money."""
        standing = standing_of(user)
        published = Q(report__state=State.PUBLISHED)
        if standing.reach(Act.READ_DRAFTS).area:
            return self.filter(published | Q(report__area__in=standing.area_ids))
        if standing.reach(Act.READ_DRAFT_MONEY).area:
            return self.filter(published | Q(report__area__in=standing.area_ids, kind__in=MONEY))
        return self.filter(published)

    def in_making(self, user):
        """Those whose making somebody follows, also once they are published: versions, and what is said about them."""
        standing = standing_of(user)
        of_area = self._scoped("in_making").filter(report__area__in=standing.area_ids)
        if standing.reach(Act.READ_DRAFTS).area:
            return of_area
        return of_area.filter(kind__in=MONEY) if standing.reach(Act.READ_DRAFT_MONEY).area else of_area.none()


class Section(models.Model):
    """A section: who writes it, how long it may be, and its text as it stands."""

    Kind = Kind

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=80, blank=True, help_text="The part of the report it belongs to, if any.")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.TEXT)
    owner = models.CharField(max_length=120, blank=True, help_text="The post that answers for it.")
    word_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True, help_text="Markdown, with figures by their names.")
    number = models.PositiveIntegerField("number of the version", default=0)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="one_section_for_a_place_in_a_report"),
            one_of("kind", Kind, name="section_is_of_a_kind"),
            filled("title", name="section_has_a_title"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/reports/sections/{self.public_id}/"

    @property
    def area_id(self):
        """The area of its report."""
        return self.report.area_id


class PartOfASection(ScopedQuerySet):
    """Rows that belong to a section; each model says who sees them."""

    def of(self, *sections):
        """Those of sections that were found for whoever looks."""
        return self.regardless("of sections that were found before").filter(section__in=sections)


class VersionQuerySet(PartOfASection):
    def seen_by(self, user):
        """Earlier versions are part of the making: for those who read the draft, also once it is published."""
        standing = standing_of(user)
        of_area = self.filter(section__report__area__in=standing.area_ids)
        if standing.reach(Act.READ_DRAFTS).area:
            return of_area
        money = standing.reach(Act.READ_DRAFT_MONEY).area
        return of_area.filter(section__kind__in=MONEY) if money else of_area.none()


class Version(models.Model):
    """The text of a section as somebody saved it. Never changed and never deleted."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="one_version_for_a_number"),
        ]

    def __str__(self):
        return f"Version {self.number} of section {self.section_id}"


class Writer(models.Model):
    """
    That somebody has a section open to write in it, for as long as the lease runs.

    It tells others and keeps nobody out: that nobody writes over what they have not seen, the versions see to.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(help_text="Renewed whenever the form is shown again.")

    objects = PartOfASection.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["section", "by"], name="one_writer_of_a_section_for_an_account"),
            in_order(
                "since",
                "until",
                name="writer_stays_until_after_they_came",
                message="It ends before it begins.",
                strictly=True,
            ),
        ]

    def __str__(self):
        return f"{self.by_id} in section {self.section_id}"


class Image(models.Model):
    """A picture in a report, made small when it came, with the words for those who do not see it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="images")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    words = models.CharField("what it shows", max_length=250, help_text="Read aloud to those who do not see it.")
    width = models.PositiveIntegerField(help_text="In pixels, as it is kept.")
    height = models.PositiveIntegerField(help_text="In pixels, as it is kept.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PartOfAReport.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [filled("words", name="image_says_what_it_shows")]

    def __str__(self):
        return self.words

    @property
    def area_id(self):
        """The area of its report."""
        return self.report.area_id
