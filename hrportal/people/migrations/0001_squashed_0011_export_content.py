import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hrportal.common.paths


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_user_language"),
        ("people", "0003_list_exports"),
        ("people", "0004_importance"),
        ("people", "0005_account_by_username"),
        ("people", "0006_imports"),
        ("people", "0007_personal_tokens"),
        ("people", "0008_pending_managers"),
        ("people", "0009_inactive_organisation"),
        ("people", "0010_export_files"),
        ("people", "0011_export_content"),
    ]

    dependencies = [
        ("common", "0001_squashed_0002_stored_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Competency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("skill", "Skill"), ("behaviour", "Behaviour"), ("leadership", "Leadership")],
                        default="skill",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "competency",
                "verbose_name_plural": "competencies",
                "ordering": ["name", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("family", models.CharField(blank=True, db_index=True, max_length=100, verbose_name="job family")),
                ("level", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="level")),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "ordering": ["name", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalEntity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
            ],
            options={
                "verbose_name": "legal entity",
                "verbose_name_plural": "legal entities",
                "ordering": ["name", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
            ],
            options={
                "verbose_name": "location",
                "verbose_name_plural": "locations",
                "ordering": ["name", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Employee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employee_number", models.CharField(max_length=50, unique=True, verbose_name="employee number")),
                ("source", models.CharField(blank=True, max_length=50, verbose_name="source system")),
                ("remote_id", models.CharField(blank=True, max_length=200, verbose_name="id in the source system")),
                ("first_name", models.CharField(max_length=100, verbose_name="first name")),
                ("last_name", models.CharField(max_length=100, verbose_name="last name")),
                ("preferred_name", models.CharField(blank=True, max_length=100, verbose_name="preferred name")),
                ("work_email", models.EmailField(blank=True, max_length=254, verbose_name="work e-mail")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Starts later"),
                            ("active", "Active"),
                            ("leave", "On leave"),
                            ("left", "Left"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("hired_on", models.DateField(blank=True, null=True, verbose_name="hired on")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
                (
                    "leave_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("voluntary", "Voluntary"),
                            ("involuntary", "Involuntary"),
                            ("retirement", "Retirement"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason for leaving",
                    ),
                ),
                ("path", hrportal.common.paths.PathField(db_index=True, default="", editable=False, max_length=240)),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of birth")),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("female", "Female"), ("male", "Male"), ("other", "Other")],
                        max_length=10,
                        verbose_name="gender",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="people.employee",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employees",
                        to="people.job",
                    ),
                ),
                (
                    "legal_entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.legalentity",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.location",
                    ),
                ),
            ],
            options={
                "verbose_name": "employee",
                "verbose_name_plural": "employees",
                "ordering": ["last_name", "first_name", "id"],
                "indexes": [models.Index(fields=["last_name", "first_name", "id"], name="employee_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("manager", None), models.Q(("manager", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="not_ones_own_manager",
                        violation_error_message="A person cannot be their own manager.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on", None),
                            ("hired_on", None),
                            ("left_on__gte", models.F("hired_on")),
                            _connector="OR",
                        ),
                        name="leaves_after_hire",
                        violation_error_message="The last day cannot be before the first.",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("work_email"),
                        condition=models.Q(("work_email", ""), _negated=True),
                        name="one_employee_per_work_email",
                        violation_error_message="This work e-mail belongs to somebody else.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("remote_id", ""), _negated=True),
                        fields=("source", "remote_id"),
                        name="one_employee_per_remote_id",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "This user name is taken."},
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="user name",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created")),
                ("invited_at", models.DateTimeField(blank=True, null=True, verbose_name="invited")),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                (
                    "employee",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="user",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "indexes": [
                    models.Index(django.db.models.functions.text.Lower("username"), name="account_by_username")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="one_account_per_email",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployeeImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=50, verbose_name="source system")),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Waits for its columns"),
                            ("checking", "Being compared"),
                            ("checked", "Waits for a decision"),
                            ("scheduled", "Taken in on its day"),
                            ("applying", "Being taken in"),
                            ("applied", "Taken in"),
                            ("undoing", "Being taken back"),
                            ("undone", "Taken back"),
                            ("discarded", "Discarded"),
                        ],
                        default="applied",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="effective on"),
                ),
                ("look", models.JSONField(default=dict, help_text="The header, samples, and how the text is written.")),
                (
                    "settings",
                    models.JSONField(default=dict, help_text="How the file is read: columns, encoding, days."),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("returned", models.PositiveIntegerField(default=0, verbose_name="come back")),
                ("ended", models.PositiveIntegerField(default=0, verbose_name="left")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="rows refused")),
                ("people", models.PositiveIntegerField(default=0, verbose_name="people of the source")),
                ("leaving", models.PositiveIntegerField(default=0, verbose_name="people who would leave")),
                ("ends_too_many", models.BooleanField(default=False)),
                ("allow_leavers", models.BooleanField(default=False, verbose_name="so many leavers are meant")),
                ("new_codes", models.JSONField(default=dict)),
                ("refusal", models.TextField(blank=True, verbose_name="why it did not go on")),
                ("job_id", models.BigIntegerField(null=True)),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("cleared_at", models.DateTimeField(null=True, verbose_name="contents removed")),
                ("undo", models.JSONField(default=dict, help_text="What taking it back did or would do, in numbers.")),
                ("undo_reason", models.TextField(blank=True, verbose_name="why it was taken back")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="taken back")),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "employee import",
                "verbose_name_plural": "employee imports",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employee_number", models.CharField(max_length=50)),
                ("name", models.CharField(blank=True, max_length=201)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hired", "New"),
                            ("changed", "Changed"),
                            ("ended", "Left"),
                            ("returned", "Come back"),
                        ],
                        max_length=10,
                        verbose_name="what happens",
                    ),
                ),
                ("fields", models.JSONField(default=dict)),
                ("history", models.JSONField(default=dict)),
                ("account", models.JSONField(default=dict)),
                ("conflicts", models.JSONField(default=list)),
                (
                    "employee",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "employee_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="people.employeeimport"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["employee_import", "kind", "id"], name="import_change_kind")],
            },
        ),
        migrations.CreateModel(
            name="ImportPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "employee_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="people.employeeimport"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("employee_import", "number"), name="one_part_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField(verbose_name="line")),
                ("column", models.CharField(blank=True, max_length=100, verbose_name="column")),
                ("value", models.CharField(blank=True, max_length=200, verbose_name="value")),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "employee_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="problems", to="people.employeeimport"
                    ),
                ),
            ],
            options={
                "ordering": ["line", "id"],
            },
        ),
        migrations.CreateModel(
            name="ListExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_name", models.CharField(max_length=60)),
                ("format", models.CharField(max_length=5)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("job_id", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "file",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="common.storedfile",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="OrgUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("company", "Company"),
                            ("business_unit", "Business unit"),
                            ("department", "Department"),
                            ("team", "Team"),
                        ],
                        default="department",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("path", hrportal.common.paths.PathField(db_index=True, default="", editable=False, max_length=240)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.orgunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisational unit",
                "verbose_name_plural": "organisational units",
                "ordering": ["name", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="unit_not_its_own_parent",
                        violation_error_message="A unit cannot stand above itself.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="employee",
            name="org_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="employees",
                to="people.orgunit",
            ),
        ),
        migrations.CreateModel(
            name="PendingManager",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("employee_number", "Employee number"),
                            ("remote_id", "Id in the source system"),
                            ("work_email", "Work e-mail"),
                        ],
                        max_length=20,
                        verbose_name="named by",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=50, verbose_name="source system")),
                ("value", models.CharField(max_length=254, verbose_name="named as")),
                (
                    "starts_on",
                    models.DateField(help_text="From this day on they report to whoever it is.", verbose_name="from"),
                ),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pending_manager",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "verbose_name": "pending manager",
                "verbose_name_plural": "pending managers",
                "indexes": [models.Index(fields=["key", "value"], name="pending_manager_key")],
            },
        ),
        migrations.CreateModel(
            name="PersonalToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="What uses it, such as “Monthly report”.", max_length=100, verbose_name="name"
                    ),
                ),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("hint", models.CharField(blank=True, max_length=4)),
                ("scopes", models.JSONField(blank=True, default=None, null=True, verbose_name="only for")),
                ("second_factor", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(verbose_name="until")),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personal_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "access token",
                "verbose_name_plural": "access tokens",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="people.job",
                    ),
                ),
                (
                    "org_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="people.orgunit",
                    ),
                ),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
                "ordering": ["name", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="people.employee"
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.job",
                    ),
                ),
                (
                    "legal_entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.legalentity",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.location",
                    ),
                ),
                (
                    "org_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.position",
                    ),
                ),
            ],
            options={
                "ordering": ["employee_id", "-starts_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("employee", "starts_on"), name="one_employment_row_per_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)), fields=("employee",), name="one_open_employment_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="employment_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="employee",
            name="position",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incumbent",
                to="people.position",
            ),
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("hrbp", "HR business partner"),
                            ("hrleader", "HR leader"),
                            ("executive", "Executive"),
                            ("admin", "System administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "org_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("user", "role", "org_unit"),
                        name="one_current_grant_per_unit",
                        violation_error_message="This role is already given.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("org_unit", None), ("revoked_at", None)),
                        fields=("user", "role"),
                        name="one_current_grant_without_unit",
                        violation_error_message="This role is already given.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "hrbp"), _negated=True), ("org_unit__isnull", False), _connector="OR"
                        ),
                        name="partner_has_unit",
                        violation_error_message="An HR business partner needs a unit to look after.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleProfileEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level_today",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "level_in_24_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "importance",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="How much the role depends on it, from 1 to 5: its weight in every comparison with a person.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="importance",
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="profile", to="people.job"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "role profile entries",
                "constraints": [
                    models.UniqueConstraint(fields=("job", "competency"), name="one_entry_per_competency"),
                    models.CheckConstraint(
                        condition=models.Q(("importance__range", (1, 5))), name="importance_in_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompetencyLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                ("description", models.TextField(verbose_name="description")),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="people.competency"
                    ),
                ),
            ],
            options={
                "ordering": ["competency_id", "level"],
                "constraints": [
                    models.UniqueConstraint(fields=("competency", "level"), name="one_description_per_level"),
                    models.CheckConstraint(condition=models.Q(("level__range", (1, 5))), name="level_in_range"),
                ],
            },
        ),
    ]
