"""Boards and groups, the places on them and the lines between them; and whom to ring when worried."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from mktogether.lib.constraints import filled, in_order
from mktogether.lib.scoped import ScopedQuerySet
from partnerships.models.agencies import Agency
from partnerships.models.dated import Dated
from partnerships.models.terms import TermsOfReference, TermsQuerySet
from records.models import Area


class BodyQuerySet(ScopedQuerySet):
    def of_area(self, area_ids):
        """Those of the areas, and those that other areas share with them; a prepared query puts its slot for them."""
        return self.filter(Q(area__pk__among=area_ids) | Q(shared_with__pk__among=area_ids)).distinct()

    def seen_by(self, user):
        """The structure of the partnerships is known to everybody who takes part in their area."""
        from partnerships.standing import standing_of

        return self.of_area(standing_of(user).structure_of)

    def present(self, today):
        """
        Those of today's arrangements that meet here; what belonged to earlier ones is kept, and counts as present
        nowhere.
        """
        of_today = self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=today), earlier_structure="")
        return of_today.exclude(kind__in=Body.MEETS_NOT_HERE)

    def there_on(self, day):
        """
        Those that were there on ``day``, which is not today: by their own days, and where these are not known by terms.

        A board of an earlier structure whose days the source lacks was there while its terms were in force; one without
        any terms, and of no earlier structure, for as long as it is known of.
        """
        terms = TermsOfReference.objects.filter(body=OuterRef("pk"))
        lived = self.filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day), Q(closed_on__isnull=True) | Q(closed_on__gte=day)
        )
        known = Q(opened_on__isnull=False) & (Q(closed_on__isnull=False) | Q(earlier_structure=""))
        silent = ~Exists(terms) & Q(earlier_structure="")
        return lived.filter(Exists(terms.in_force_on(day)) | known | silent)

    def earlier(self, today):
        """Those that belonged to an earlier structure, or closed before ``today``."""
        return self.filter(Q(closed_on__lt=today) | ~Q(earlier_structure=""))


class Body(models.Model):
    """
    A board or group: anything with members that meets.

    One of an earlier structure stays, with its posts, meetings and successor. When it began and ended may be unknown.
    """

    class Kind(models.TextChoices):
        STATUTORY = "statutory", "Statutory partnership"
        BOARD = "board", "Board"
        GROUP = "group", "Working group"
        SUB_GROUP = "sub-group", "Sub-group"
        TASK_AND_FINISH = "task-and-finish", "Task and finish group"
        PANEL = "panel", "Panel"
        FORUM = "forum", "Forum"
        OFFICE_HOLDERS = "office-holders", "Statutory role-holders"
        TEAM = "team", "Support team"
        EVENT = "event", "Event"
        OUTSIDE = "outside", "Named and not its own"

    # Part of the structure, without meetings that the portal plans or judges.
    MEETS_NOT_HERE = (Kind.TEAM, Kind.EVENT, Kind.OUTSIDE)

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="bodies")
    shared_with = models.ManyToManyField(Area, blank=True, related_name="shared_bodies")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    # The first of its lines to a board above it (see Line): who chairs that sees its meetings.
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reported_by")
    sponsor = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="sponsors")
    purpose = models.TextField(blank=True)
    earlier_structure = models.CharField(
        max_length=120, blank=True, help_text="The arrangements that it belonged to; empty for today's."
    )
    opened_on = models.DateField(null=True, blank=True, help_text="Its first day; empty where that is not known.")
    closed_on = models.DateField(null=True, blank=True, help_text="Its last day; empty while it goes on, or not known.")
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    plan = models.TextField(blank=True, help_text="Of a task and finish group: what it is to do.")
    planned_end = models.DateField(null=True, blank=True, help_text="When it is meant to finish.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Where it stands in the newest arrangements.")

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = "board or group"
        verbose_name_plural = "boards and groups"
        constraints = [
            models.UniqueConstraint(fields=["area", "slug"], name="one_body_for_an_address"),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=models.F("id")), name="body_reports_not_to_itself"
            ),
            in_order("opened_on", "closed_on", name="body_closes_after_it_opens", message="It closes before it opens."),
            in_order(
                "opened_on",
                "planned_end",
                name="body_is_meant_to_finish_after_it_opens",
                message="It is meant to finish before it opens.",
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True)
                | (~Q(succeeded_by=models.F("id")) & (Q(closed_on__isnull=False) | ~Q(earlier_structure=""))),
                name="only_a_body_of_the_past_has_a_successor",
            ),
            # /boards/representation/ is a page about all of them
            models.CheckConstraint(condition=~Q(slug="representation"), name="body_has_an_address_of_its_own"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/boards/{self.slug}/"

    def is_present(self, today):
        """Whether it belongs to today's arrangements; see BodyQuerySet.present."""
        return self.is_of_today(self.earlier_structure, self.closed_on, today)

    @staticmethod
    def is_of_today(earlier_structure, closed_on, today):
        """Whether one with these columns belongs to today's arrangements."""
        return not earlier_structure and (closed_on is None or closed_on >= today)

    def was_there(self, day, terms):
        """Whether it was there on ``day``, which is not today, by its days and its ``terms``; see there_on."""
        versions = [(one.starts_on, one.ends_on) for one in terms]
        return self.lived_on(day, self.opened_on, self.closed_on, self.earlier_structure, versions)

    @staticmethod
    def lived_on(day, opened_on, closed_on, earlier_structure, versions):
        """The same of one with these columns; ``versions`` are the first and last days of its terms."""
        if (opened_on and day < opened_on) or (closed_on and closed_on < day):
            return False
        if any(first <= day and (last is None or day <= last) for first, last in versions):
            return True
        known = opened_on is not None and (closed_on is not None or not earlier_structure)
        return known or not (versions or earlier_structure)

    def name_on(self, day):
        """What it was called on ``day``; its names of the past (``former_names``) may be prefetched."""
        then = [name for name in self.former_names.all() if day <= name.last_day]
        return min(then, key=lambda name: name.last_day).name if then else self.name

    def terms_on(self, day):
        """The terms of reference in force on ``day``; None where there were none."""
        return self.terms.in_force_on(day).first()


class FormerName(models.Model):
    """What a board or group was called until a day."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    last_day = models.DateField()

    class Meta:
        ordering = ["last_day"]
        constraints = [
            models.UniqueConstraint(fields=["body", "last_day"], name="one_name_until_a_day"),
            filled("name", name="former_name_is_a_name"),
        ]

    def __str__(self):
        return self.name


class Seat(Dated):
    """
    A place on a board or group, for an agency or a post. From ``starts_at`` until ``ends_at`` is its mandate.

    Of a board of the past a source may name the posts and nobody who held them: then the post itself is the member.
    """

    class Number(models.TextChoices):
        """On what the number of places rests, where the document does not simply give it."""

        AT_MOST = "at most", "Up to so many"
        ASSUMED = "assumed", "Number not stated, one assumed"

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    key = models.SlugField(max_length=60, blank=True, help_text="What files of arrangements call it, within its board.")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    title = models.CharField(max_length=120, help_text="The post that the place is for.")
    order = models.PositiveSmallIntegerField()
    votes = models.BooleanField(default=True)
    counts = models.BooleanField("counts towards quorum", default=True)
    classes = models.JSONField(default=list, blank=True, help_text="Tags that rules can name, such as councillor.")
    number = models.CharField(max_length=10, choices=Number, blank=True)
    alternate = models.CharField(
        max_length=120,
        blank=True,
        help_text="Who may come instead by the wording of the place, such as a representative.",
    )
    political_group = models.CharField(
        max_length=80, blank=True, help_text="The group of the council that the place follows."
    )
    note = models.CharField(max_length=300, blank=True, help_text="Where the document left a choice, what we assumed.")
    post_only = models.BooleanField(
        default=False, help_text="The source names the post and not who held it: the post itself is the member."
    )
    in_attendance = models.BooleanField(
        default=False, help_text="Attends and is no member: shown beside the members, and in none of their totals."
    )

    class Meta(Dated.Meta):
        verbose_name = "place"
        ordering = ["order"]
        constraints = [
            in_order("starts_at", "ends_at", name="seat_ends_after_it_begins", message=Dated.ENDS_BEFORE_IT_BEGINS),
            models.UniqueConstraint(
                fields=["body", "order"], condition=Q(ends_at__isnull=True), name="one_place_for_a_number"
            ),
            models.UniqueConstraint(
                fields=["body", "key"],
                condition=Q(ends_at__isnull=True) & ~Q(key=""),
                name="one_place_for_a_key",
            ),
            models.UniqueConstraint(
                fields=["body", "key", "starts_at"], condition=~Q(key=""), name="one_place_for_a_key_from_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(in_attendance=True), name="a_member_comes_from_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(in_attendance=False) | Q(votes=False, counts=False),
                name="in_attendance_neither_counts_nor_votes",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.agency}" if self.agency_id else self.title


class Line(models.Model):
    """
    A line of a structure, from a body to one above or beside it, to an agency, or to whoever holds a specified role.

    Lines of the kinds in ``UPWARD`` make a board a parent; they lead up and never round (``structure.refuse_loop``).
    """

    class Kind(models.TextChoices):
        ACCOUNTABLE = "accountable to", "Accountable to"
        LESS_ACCOUNTABLE = "to a lesser extent accountable to", "To a lesser extent accountable to"
        REPORTS = "reports to", "Reports to"
        COMMITTEE = "committee of", "A committee of"
        COMMISSIONED = "commissioned by", "Commissioned by"
        INFORMS = "informs", "Informs"
        ESCALATES = "escalates to", "Escalates to"
        REFERS = "refers to", "Refers to"
        SUPPORTS = "supports", "Supports"

    UPWARD = (Kind.ACCOUNTABLE, Kind.LESS_ACCOUNTABLE, Kind.REPORTS, Kind.COMMITTEE, Kind.COMMISSIONED)

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=40, choices=Kind)
    to_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="lines_from")
    to_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="lines_from")
    to_role = models.CharField(max_length=30, blank=True, help_text="The kind of a specified role.")
    what = models.CharField(max_length=200, blank=True, help_text="What goes along it, such as a highlight report.")
    how_often = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty while it holds.")

    objects = TermsQuerySet.as_manager()

    class Meta:
        ordering = ["body", "order"]
        constraints = [
            in_order("starts_on", "ends_on", name="line_ends_after_it_begins", message="It ends before it begins."),
            models.CheckConstraint(
                condition=Q(to_body__isnull=False, to_agency__isnull=True, to_role="")
                | Q(to_body__isnull=True, to_agency__isnull=False, to_role="")
                | (Q(to_body__isnull=True, to_agency__isnull=True) & ~Q(to_role="")),
                name="a_line_leads_to_one_end",
            ),
            models.CheckConstraint(
                condition=Q(to_body__isnull=True) | ~Q(to_body=models.F("body")), name="a_line_leads_elsewhere"
            ),
            models.UniqueConstraint(fields=["body", "kind", "to_body", "starts_on"], name="one_line_to_a_body"),
            models.UniqueConstraint(fields=["body", "kind", "to_agency", "starts_on"], name="one_line_to_an_agency"),
            models.UniqueConstraint(
                fields=["body", "kind", "to_role", "starts_on"], condition=~Q(to_role=""), name="one_line_to_a_role"
            ),
        ]

    def __str__(self):
        return f"{self.body}: {self.get_kind_display().lower()} {self.end}"

    @property
    def end(self):
        """Where it leads, in words."""
        from partnerships.models.people import Office

        return self.to_body or self.to_agency or dict(Office.Kind.choices).get(self.to_role, self.to_role)


class PublicContact(models.Model):
    """Whom to ring when worried about a child or an adult. Each has an owner and the day it was last checked."""

    class Audience(models.TextChoices):
        EMERGENCY = "emergency", "In an emergency"
        CHILD = "child", "Worried about a child"
        ADULT = "adult", "Worried about an adult"

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="public_contacts")
    audience = models.CharField(max_length=12, choices=Audience)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120, help_text="The post that keeps this contact right.")
    checked_on = models.DateField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [filled("owner", name="public_contact_has_an_owner")]

    def __str__(self):
        return self.name
