"""No two financial years of an area share a day."""

from django.db import migrations

from mktogether.lib.migrations import no_shared_day


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_money")]

    operations = [
        no_shared_day("finance_financialyear", "area_id", name="no_two_financial_years_on_a_day"),
    ]
