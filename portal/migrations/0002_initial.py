import django.db.models.deletion
import portal.models.stored_file
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('account', '0009_emailaddress_unique_primary_email'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('portal', '0001_user'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
        ('usersessions', '0001_initial'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('first_day', models.DateField(verbose_name='first day away')),
                ('last_day', models.DateField(verbose_name='last day away')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
            ],
            options={
                'verbose_name': 'absence',
                'verbose_name_plural': 'absences',
                'ordering': ['first_day', 'pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['last_day', 'first_day'], name='fedasil_absence_days')],
                'constraints': [models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='fedasil_absence_days_in_order', violation_error_message='The last day cannot come before the first.'), models.CheckConstraint(condition=models.Q(('user', models.F('deputy')), _negated=True), name='fedasil_absence_deputy_is_another', violation_error_message='Choose a colleague as deputy.')],
            },
        ),
        migrations.CreateModel(
            name='AddressCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('purpose', models.CharField(choices=[('sign_in', 'signing in'), ('sign_up', 'making an account'), ('link', 'linking a sign-in from elsewhere'), ('form', 'sending a public form')], max_length=10)),
                ('known_browser', models.BooleanField(help_text='asked for in a browser that the account was used from before')),
                ('with_code', models.BooleanField(help_text='false: the mail says why no code helps, and no code works')),
                ('code_hash', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('replaced_from', models.DateTimeField(help_text='from then on the next mail may be sent')),
                ('ends_at', models.DateTimeField()),
                ('wrong', models.PositiveSmallIntegerField(default=0, help_text='wrong codes typed, in all browsers')),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['address', 'sent_at'], name='address_code_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['sign_in', 'sign_up', 'link', 'form'])), name='address_code_purpose_known')],
            },
        ),
        migrations.CreateModel(
            name='ConfirmationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind of change')),
                ('state', models.CharField(choices=[('open', 'to be confirmed'), ('confirmed', 'confirmed'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('expired', 'expired'), ('server', 'carried out on the server')], default='open', max_length=10, verbose_name='state')),
                ('subject_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('subject_id', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(help_text='whose account or powers change: cannot confirm it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person concerned')),
                ('before', models.JSONField(default=dict, help_text='plain data, as the kind reads it')),
                ('after', models.JSONField(default=dict, help_text='plain data, as the kind applies it')),
                ('reason', models.TextField(verbose_name='reason')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
                ('requested_at', models.DateTimeField(verbose_name='requested on')),
                ('expires_at', models.DateTimeField(verbose_name='to be confirmed before')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='settled on')),
                ('answer', models.TextField(blank=True, verbose_name='reason of the answer')),
            ],
            options={
                'verbose_name': 'request to confirm',
                'verbose_name_plural': 'requests to confirm',
                'ordering': ['-requested_at', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['state', 'expires_at'], name='confirmation_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'confirmed', 'refused', 'withdrawn', 'expired', 'server'])), name='confirmation_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('subject_id__isnull', True), ('subject_type__isnull', True)), models.Q(('subject_id__isnull', False), ('subject_type__isnull', False)), _connector='OR'), name='confirmation_subject_whole'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='confirmation_settled_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('settled_by__isnull', False), models.Q(('requested_by__isnull', True), models.Q(('settled_by', models.F('requested_by')), _negated=True), _connector='OR'), models.Q(('person__isnull', True), models.Q(('settled_by', models.F('person')), _negated=True), _connector='OR')), _connector='OR'), name='confirmation_by_another'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('kind', 'subject_type', 'subject_id'), name='confirmation_one_open_a_subject')],
            },
        ),
        migrations.CreateModel(
            name='DueJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('last_run', models.DateTimeField(null=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FileStore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('database', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('stamp', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('problem', models.TextField(blank=True, help_text='why the last clean-up stopped, for who runs the portal')),
                ('problem_since', models.DateTimeField(null=True)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='file_store_one_row')],
            },
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('subject_id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField(help_text='1, 2, 3 … within the subject')),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('action', models.CharField(max_length=60)),
                ('from_state', models.CharField(blank=True, max_length=30)),
                ('to_state', models.CharField(blank=True, max_length=30)),
                ('data', models.JSONField(default=dict, help_text='ids and codes, never names or free text')),
                ('chain', models.CharField(help_text='SHA-256 of this entry and the one before (portal/audit/hash_chain.py)', max_length=64)),
            ],
            options={
                'ordering': ['subject_type', 'subject_id', 'number'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('subject_type', 'subject_id', 'number'), name='log_entry_number_unique')],
            },
        ),
        migrations.CreateModel(
            name='LogNote',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='note', serialize=False, to='portal.logentry')),
                ('text', models.TextField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(help_text='idempotency key: the same event, one mail', max_length=200, unique=True)),
                ('to', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('subject', models.CharField(max_length=250)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True, help_text='the same words as a page')),
                ('calendar', models.TextField(blank=True, help_text='an iCalendar file that goes along')),
                ('sensitive', models.BooleanField(default=False, help_text='the text holds a code: emptied once sent or given up')),
                ('expires_at', models.DateTimeField(help_text='when it is of no use any more: never sent after that', null=True)),
                ('ceiling', models.CharField(blank=True, choices=[('', 'none'), ('sign_in', 'signing in'), ('sign_up', 'making an account'), ('link', 'linking a sign-in from elsewhere'), ('known_browser', 'signing in from a browser that is known'), ('form_code', 'a code for a public form'), ('form', 'caused by a public form'), ('signature', 'a code to sign')], default='', max_length=20)),
                ('about_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('about_id', models.BigIntegerField(null=True)),
                ('state', models.CharField(choices=[('queued', 'queued'), ('sending', 'sending'), ('sent', 'sent'), ('failed', 'failed'), ('bounced', 'bounced'), ('expired', 'expired')], default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('queued_at', models.DateTimeField()),
                ('next_try', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['state', 'next_try'], name='mail_due'), models.Index(fields=['about_type', 'about_id'], name='mail_about'), models.Index(fields=['to', 'ceiling', 'queued_at'], name='mail_of_ceiling')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'bounced', 'expired'])), name='mail_state_known'), models.CheckConstraint(condition=models.Q(('sensitive', False), ('state__in', ['queued', 'sending']), models.Q(('html', ''), ('text', '')), _connector='OR'), name='mail_code_emptied'), models.CheckConstraint(condition=models.Q(('ceiling__in', ['', 'sign_in', 'sign_up', 'link', 'known_browser', 'form_code', 'form', 'signature'])), name='mail_ceiling_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='mail_sent_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('about_id__isnull', True), ('about_type__isnull', True)), models.Q(('about_id__isnull', False), ('about_type__isnull', False)), _connector='OR'), name='mail_about_whole')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('stands_in_for', models.ForeignKey(help_text='the absent person', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(max_length=40)),
                ('about_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('about_id', models.BigIntegerField()),
                ('key', models.CharField(help_text='the same event, one notice for each person', max_length=150)),
                ('way', models.CharField(choices=[('at_once', 'a mail at once'), ('digest', 'in one mail each morning'), ('desk', 'in the desk only')], help_text='as the person had chosen then', max_length=10)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('in_digest_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['user', '-at'], name='notice_of_user'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='notice_unread'), models.Index(condition=models.Q(('in_digest_at__isnull', True), ('read_at__isnull', True), ('way', 'digest')), fields=['at'], name='notice_for_digest'), models.Index(fields=['about_type', 'about_id', 'kind'], name='notice_about')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='notice_once'), models.CheckConstraint(condition=models.Q(('way__in', ['at_once', 'digest', 'desk'])), name='notice_way_known')],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(max_length=40)),
                ('way', models.CharField(choices=[('at_once', 'a mail at once'), ('digest', 'in one mail each morning'), ('desk', 'in the desk only')], max_length=10)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='notice_choice_once_a_kind'), models.CheckConstraint(condition=models.Q(('way__in', ['at_once', 'digest', 'desk'])), name='notice_choice_known')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.FileField(storage=portal.models.stored_file.private_storage, upload_to='%Y/%m/')),
                ('quarantined', models.BooleanField(default=False)),
                ('sent_by', models.ForeignKey(help_text='who sent it; empty for what the portal makes', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
