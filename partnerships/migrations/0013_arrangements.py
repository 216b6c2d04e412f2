"""Editions of arrangements, lines, former names and aliases; terms, places and agencies hold what documents say."""

import django.db.models.deletion
from django.db import migrations, models

import mktogether.lib.partial_days
from mktogether.lib.migrations import no_shared_day


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0012_yearly_audits"),
        ("records", "0009_reminders"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name": "other name of a partner",
                "verbose_name_plural": "other names of partners",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60)),
                ("name", models.CharField(help_text="The document, such as Handbook of October 2024.", max_length=120)),
                ("first_day", models.DateField(help_text="From which the portal applies it.")),
                ("last_day", models.DateField(blank=True, help_text="Empty while in force.", null=True)),
                (
                    "stated_from",
                    mktogether.lib.partial_days.PartialDayField(
                        blank=True,
                        default="",
                        help_text="In force from, as the document says; empty: not stated.",
                        max_length=10,
                    ),
                ),
                (
                    "stated_until",
                    mktogether.lib.partial_days.PartialDayField(
                        blank=True,
                        default="",
                        help_text="In force until, as the document says; empty: not stated.",
                        max_length=10,
                    ),
                ),
                ("published", mktogether.lib.partial_days.PartialDayField(blank=True, default="", max_length=10)),
                (
                    "notified",
                    mktogether.lib.partial_days.PartialDayField(
                        blank=True,
                        default="",
                        help_text="When those were told who must be told of new arrangements.",
                        max_length=10,
                    ),
                ),
                ("notified_to", models.JSONField(blank=True, default=list)),
                ("covers", models.TextField(blank=True, help_text="The geographical area.")),
                ("source", models.CharField(blank=True, help_text="Where the document is found.", max_length=200)),
                (
                    "expectations",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="What is expected of every relevant agency, a sentence each.",
                    ),
                ),
                (
                    "notes",
                    models.JSONField(
                        blank=True, default=list, help_text="Ambiguities and assumptions, shown on the page."
                    ),
                ),
            ],
            options={
                "ordering": ["area", "-first_day"],
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("short_name", models.CharField(max_length=40)),
                ("last_day", models.DateField()),
            ],
            options={
                "ordering": ["last_day"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accountable to", "Accountable to"),
                            ("to a lesser extent accountable to", "To a lesser extent accountable to"),
                            ("reports to", "Reports to"),
                            ("committee of", "A committee of"),
                            ("commissioned by", "Commissioned by"),
                            ("informs", "Informs"),
                            ("escalates to", "Escalates to"),
                            ("refers to", "Refers to"),
                            ("supports", "Supports"),
                        ],
                        max_length=40,
                    ),
                ),
                ("to_role", models.CharField(blank=True, help_text="The kind of a specified role.", max_length=30)),
                (
                    "what",
                    models.CharField(
                        blank=True, help_text="What goes along it, such as a highlight report.", max_length=200
                    ),
                ),
                ("how_often", models.CharField(blank=True, max_length=80)),
                ("note", models.TextField(blank=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, help_text="The last day; empty while it holds.", null=True)),
            ],
            options={
                "ordering": ["body", "order"],
            },
        ),
        migrations.CreateModel(
            name="RelevantAgency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "named",
                    models.CharField(
                        blank=True, help_text="As the document calls it, where that differs.", max_length=200
                    ),
                ),
                ("expectations", models.JSONField(blank=True, default=list)),
                ("note", models.TextField(blank=True)),
                (
                    "last_day",
                    models.DateField(
                        blank=True, help_text="Where it was taken out of the edition: until then.", null=True
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "relevant agencies",
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="SpecifiedRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("team", "MK Together Team"),
                            ("scrutineer", "Independent scrutineer"),
                            ("lead partner", "Lead safeguarding partner"),
                            ("delegated partner", "Delegated safeguarding partner"),
                            ("named member", "Named member"),
                            ("independent chair", "Independent chair"),
                            ("scrutiny chair", "Chair of a scrutiny committee"),
                            ("lead member", "Lead member"),
                            ("agency administrator", "Agency administrator"),
                            ("finance editor", "Finance editor"),
                            ("information governance", "Information governance lead"),
                            ("system administrator", "System administrator"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "post",
                    models.CharField(help_text="To which the office belongs, such as Chief Constable.", max_length=120),
                ),
                ("subject", models.CharField(blank=True, help_text="Of a named member: for what.", max_length=120)),
                ("duties", models.JSONField(blank=True, default=list)),
                ("order", models.PositiveSmallIntegerField()),
                ("note", models.TextField(blank=True)),
                (
                    "last_day",
                    models.DateField(
                        blank=True, help_text="Where it was taken out of the edition: until then.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["order"],
            },
        ),
        migrations.AddField(
            model_name="agency",
            name="is_crowd",
            field=models.BooleanField(
                default=False,
                help_text="Many organisations under one name, such as schools: reached by mail, without accounts.",
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="note",
            field=models.TextField(blank=True, help_text="What the documents leave open about it."),
        ),
        migrations.AddField(
            model_name="agency",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                help_text="The agency as which it counts.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="services",
                to="partnerships.agency",
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="succeeded",
            field=mktogether.lib.partial_days.PartialDayField(
                blank=True, default="", help_text="Since when; empty where that is not stated.", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="agency",
            name="succeeded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="partnerships.agency",
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="order",
            field=models.PositiveSmallIntegerField(default=0, help_text="Where it stands in the arrangements."),
        ),
        migrations.AddField(
            model_name="body",
            name="plan",
            field=models.TextField(blank=True, help_text="Of a task and finish group: what it is to do."),
        ),
        migrations.AddField(
            model_name="body",
            name="planned_end",
            field=models.DateField(blank=True, help_text="When it is meant to finish.", null=True),
        ),
        migrations.AddField(
            model_name="nameddeputy",
            name="briefed_on",
            field=models.DateField(blank=True, help_text="When they were briefed; empty: not stated.", null=True),
        ),
        migrations.AddField(
            model_name="nameddeputy",
            name="is_senior",
            field=models.BooleanField(
                blank=True, help_text="Senior enough, by the terms; empty: not stated.", null=True
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="subject",
            field=models.CharField(blank=True, help_text="Of a named member: for what.", max_length=120),
        ),
        migrations.AddField(
            model_name="seat",
            name="alternate",
            field=models.CharField(
                blank=True,
                help_text="Who may come instead by the wording of the place, such as a representative.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="key",
            field=models.SlugField(
                blank=True, help_text="What files of arrangements call it, within its board.", max_length=60
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="number",
            field=models.CharField(
                blank=True,
                choices=[("at most", "Up to so many"), ("assumed", "Number not stated, one assumed")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="political_group",
            field=models.CharField(
                blank=True, help_text="The group of the council that the place follows.", max_length=80
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="agenda_cycle",
            field=models.JSONField(blank=True, default=dict, help_text="The number of a month to its items."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="approved",
            field=mktogether.lib.partial_days.PartialDayField(
                blank=True, default="", help_text="When they were approved.", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="approved_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="at_least",
            field=models.BooleanField(
                default=False, help_text="The number of meetings is the least that is asked for."
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="attending",
            field=models.JSONField(blank=True, default=list, help_text="Who attends without a place."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="barred_offices",
            field=models.JSONField(
                blank=True, default=list, help_text="Specified roles whose holders may not be members."
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="chair_agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chairs_by_terms",
                to="partnerships.agency",
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="chair_among",
            field=models.JSONField(blank=True, default=list, help_text="The agencies among which it turns."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="chair_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("office", "By office"),
                    ("rotation", "In turns"),
                    ("appointment", "By appointment"),
                    ("none", "There is none"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="chair_months",
            field=models.PositiveSmallIntegerField(blank=True, help_text="How long a turn or term is.", null=True),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="chair_words",
            field=models.CharField(blank=True, help_text="Whose office it is, or among whom it turns.", max_length=200),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="deputies",
            field=models.TextField(blank=True, help_text="What the document asks of deputies and substitutes."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="eligibility",
            field=models.JSONField(blank=True, default=list, help_text="Who may be a member, a sentence each."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="expectations",
            field=models.JSONField(blank=True, default=list, help_text="What is expected of members."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="expectations_of_agencies",
            field=models.JSONField(blank=True, default=list, help_text="What is expected of those who send members."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="frequency",
            field=models.CharField(blank=True, help_text="In the words of the document.", max_length=120),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="functions",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="in_person_a_year",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="How many meetings a year are at least held in person.", null=True
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="member_level",
            field=models.TextField(blank=True, help_text="How senior members must be."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="months_are_usual",
            field=models.BooleanField(default=False, help_text="The document says “usually” of the months."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="papers_note",
            field=models.CharField(blank=True, help_text="Such as whose rules apply instead.", max_length=200),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="public_note",
            field=models.TextField(blank=True, help_text="What is private all the same, streams, questions."),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="purpose",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="sponsor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sponsored_terms",
                to="partnerships.agency",
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="standing_items",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="vice_agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vice_chairs_by_terms",
                to="partnerships.agency",
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="vice_among",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="vice_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("office", "By office"),
                    ("rotation", "In turns"),
                    ("appointment", "By appointment"),
                    ("none", "There is none"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="vice_months",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="vice_words",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="body",
            name="kind",
            field=models.CharField(
                choices=[
                    ("statutory", "Statutory partnership"),
                    ("board", "Board"),
                    ("group", "Working group"),
                    ("sub-group", "Sub-group"),
                    ("task-and-finish", "Task and finish group"),
                    ("panel", "Panel"),
                    ("forum", "Forum"),
                    ("office-holders", "Statutory role-holders"),
                    ("team", "Support team"),
                    ("event", "Event"),
                    ("outside", "Named and not its own"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="office",
            name="kind",
            field=models.CharField(
                choices=[
                    ("team", "MK Together Team"),
                    ("scrutineer", "Independent scrutineer"),
                    ("lead partner", "Lead safeguarding partner"),
                    ("delegated partner", "Delegated safeguarding partner"),
                    ("named member", "Named member"),
                    ("independent chair", "Independent chair"),
                    ("scrutiny chair", "Chair of a scrutiny committee"),
                    ("lead member", "Lead member"),
                    ("agency administrator", "Agency administrator"),
                    ("finance editor", "Finance editor"),
                    ("information governance", "Information governance lead"),
                    ("system administrator", "System administrator"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="seat",
            name="note",
            field=models.CharField(
                blank=True, help_text="Where the document left a choice, what we assumed.", max_length=300
            ),
        ),
        migrations.AlterField(
            model_name="termsofreference",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[
                    ("in person", "In person"),
                    ("virtual", "Virtual"),
                    ("usually virtual", "Usually virtual"),
                    ("mixed", "In person or virtual"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("part_of__isnull", True), models.Q(("part_of", models.F("id")), _negated=True), _connector="OR"
                ),
                name="agency_is_no_part_of_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("succeeded_by__isnull", True),
                    models.Q(("succeeded_by", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="agency_succeeds_not_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("succeeded", ""), ("succeeded_by__isnull", False), _connector="OR"),
                name="a_day_of_succession_has_a_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opened_on__isnull", True),
                    ("planned_end__isnull", True),
                    ("planned_end__gte", models.F("opened_on")),
                    _connector="OR",
                ),
                name="body_is_meant_to_finish_after_it_opens",
                violation_error_message="It is meant to finish before it opens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", ""), ("kind", "named member"), _connector="OR"),
                name="only_the_office_of_a_named_member_has_a_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_at__isnull", True), models.Q(("key", ""), _negated=True)),
                fields=("body", "key"),
                name="one_place_for_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("body", "key", "starts_at"),
                name="one_place_for_a_key_from_a_moment",
            ),
        ),
        migrations.AddField(
            model_name="agencyalias",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="partnerships.agency"
            ),
        ),
        migrations.AddField(
            model_name="agencyalias",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="agency_aliases", to="records.area"
            ),
        ),
        migrations.AddField(
            model_name="arrangement",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="arrangements", to="records.area"
            ),
        ),
        migrations.AddField(
            model_name="termsofreference",
            name="arrangement",
            field=models.ForeignKey(
                blank=True,
                help_text="The edition.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="terms",
                to="partnerships.arrangement",
            ),
        ),
        migrations.AddConstraint(
            model_name="termsofreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("at_least", False), ("meetings_a_year__isnull", False), _connector="OR"),
                name="at_least_how_many_meetings",
            ),
        ),
        migrations.AddConstraint(
            model_name="termsofreference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chair_months__isnull", True), ("chair_by__in", ["rotation", "appointment"]), _connector="OR"
                ),
                name="only_a_chair_in_turns_has_a_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="termsofreference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vice_months__isnull", True), ("vice_by__in", ["rotation", "appointment"]), _connector="OR"
                ),
                name="only_a_vice_chair_in_turns_has_a_term",
            ),
        ),
        migrations.AddField(
            model_name="formername",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="former_names", to="partnerships.body"
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="partnerships.body"
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="to_agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines_from",
                to="partnerships.agency",
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="to_body",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines_from",
                to="partnerships.body",
            ),
        ),
        migrations.AddField(
            model_name="relevantagency",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="relevant_in", to="partnerships.agency"
            ),
        ),
        migrations.AddField(
            model_name="relevantagency",
            name="arrangement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="relevant_agencies",
                to="partnerships.arrangement",
            ),
        ),
        migrations.AddField(
            model_name="specifiedrole",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="specified_roles",
                to="partnerships.agency",
            ),
        ),
        migrations.AddField(
            model_name="specifiedrole",
            name="arrangement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="specified_roles",
                to="partnerships.arrangement",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencyalias",
            constraint=models.UniqueConstraint(fields=("area", "name"), name="an_alias_means_one_agency"),
        ),
        migrations.AddConstraint(
            model_name="agencyalias",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="alias_is_a_name"),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.UniqueConstraint(fields=("area", "key"), name="one_arrangement_for_a_key"),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.UniqueConstraint(fields=("area", "first_day"), name="one_arrangement_from_a_day"),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="arrangement_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day__isnull", True),
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="arrangement_ends_after_it_begins",
                violation_error_message="It ends before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="formername",
            constraint=models.UniqueConstraint(fields=("body", "last_day"), name="one_name_until_a_day"),
        ),
        migrations.AddConstraint(
            model_name="formername",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="former_name_is_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="line_ends_after_it_begins",
                violation_error_message="It ends before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to_agency__isnull", True), ("to_body__isnull", False), ("to_role", "")),
                    models.Q(("to_agency__isnull", False), ("to_body__isnull", True), ("to_role", "")),
                    models.Q(
                        ("to_agency__isnull", True), ("to_body__isnull", True), models.Q(("to_role", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="a_line_leads_to_one_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_body__isnull", True), models.Q(("to_body", models.F("body")), _negated=True), _connector="OR"
                ),
                name="a_line_leads_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("body", "kind", "to_body", "starts_on"), name="one_line_to_a_body"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("body", "kind", "to_agency", "starts_on"), name="one_line_to_an_agency"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                condition=models.Q(("to_role", ""), _negated=True),
                fields=("body", "kind", "to_role", "starts_on"),
                name="one_line_to_a_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="relevantagency",
            constraint=models.UniqueConstraint(fields=("arrangement", "agency"), name="an_agency_is_relevant_once"),
        ),
        migrations.AddConstraint(
            model_name="specifiedrole",
            constraint=models.UniqueConstraint(
                fields=("arrangement", "kind", "agency", "post", "subject"), name="a_specified_role_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="specifiedrole",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency__isnull", True)),
                fields=("arrangement", "kind", "post", "subject"),
                name="a_role_of_no_agency_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="specifiedrole",
            constraint=models.CheckConstraint(
                condition=models.Q(("post", ""), _negated=True), name="specified_role_has_a_post"
            ),
        ),
        migrations.AddConstraint(
            model_name="specifiedrole",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", ""), ("kind", "named member"), _connector="OR"),
                name="only_a_named_member_has_a_subject",
            ),
        ),
        no_shared_day("partnerships_arrangement", "area_id", name="one_arrangement_at_a_time"),
    ]
