"""Which tasks count for an organization, read from an index alone: the links themselves lie apart among millions.

Django makes the table of a many-to-many field by itself and has no place to declare an index of it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX task_counted_for ON tasks_task_organizations (unit_id) INCLUDE (task_id)",
            "DROP INDEX task_counted_for",
        ),
    ]
