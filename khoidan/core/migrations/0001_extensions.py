from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Dated seats need GiST over integers and dates; searching inside names needs trigrams."""

    run_before = [("organizations", "0001_initial"), ("staffing", "0001_initial")]
    operations = [BtreeGistExtension(), TrigramExtension()]
