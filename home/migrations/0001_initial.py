import django.core.validators
import django.db.models.deletion
import home.blocks
import home.numbers
import uuid
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Texts name it in braces: {home_months}.', max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*$', 'Write small letters, digits and underscores.')], verbose_name='key')),
                ('value', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='value')),
                ('source', models.CharField(max_length=250, verbose_name='source')),
                ('source_date', models.DateField(verbose_name='date of the source')),
            ],
            options={
                'verbose_name': 'fact',
                'verbose_name_plural': 'facts',
                'ordering': ['key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='fact_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('theme', models.CharField(choices=[('resettlement', 'About resettlement'), ('partner', 'Being a partner'), ('home', 'The home'), ('money', 'Money'), ('after', 'Afterwards')], max_length=20, verbose_name='theme')),
                ('question', models.CharField(max_length=200, verbose_name='question')),
                ('answer', wagtail.fields.RichTextField(validators=[home.numbers.known_numbers], verbose_name='answer')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions and answers',
                'ordering': ['order', 'pk'],
                'unique_together': {('translation_key', 'locale')},
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('term', models.CharField(max_length=100, verbose_name='term')),
                ('definition', models.TextField(validators=[home.numbers.known_numbers], verbose_name='definition')),
            ],
            options={
                'verbose_name': 'term',
                'verbose_name_plural': 'glossary',
                'ordering': ['term'],
                'unique_together': {('translation_key', 'locale')},
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Frame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('bar', models.CharField(help_text='before the link to belgium.be', max_length=120, verbose_name='text of the federal bar')),
                ('team', models.CharField(max_length=120, verbose_name='team')),
                ('address', models.CharField(max_length=200, verbose_name='postal address')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
            ],
            options={
                'verbose_name': 'frame of the pages',
                'verbose_name_plural': 'frames of the pages',
                'unique_together': {('translation_key', 'locale')},
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EmptySearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('words', models.CharField(max_length=60, verbose_name='words')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='how often')),
                ('last_on', models.DateField(verbose_name='last on')),
            ],
            options={
                'verbose_name': 'search without a result',
                'verbose_name_plural': 'searches without a result',
                'ordering': ['-times', '-last_on'],
                'default_permissions': ('view',),
                'constraints': [models.UniqueConstraint(fields=('language', 'words'), name='empty_search_once')],
            },
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='InformationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
            ],
            options={
                'verbose_name': 'information page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StoryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
            ],
            options={
                'verbose_name': 'story page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(help_text='For the desk; readers see the title of the page.', max_length=120, verbose_name='name')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('cancelled', 'cancelled')], default='planned', editable=False, max_length=10, verbose_name='state')),
                ('date', models.DateField(verbose_name='date')),
                ('start_time', models.TimeField(blank=True, null=True, verbose_name='begins at')),
                ('end_time', models.TimeField(blank=True, null=True, verbose_name='ends at')),
                ('place', models.CharField(blank=True, help_text='Leave empty for an online session.', max_length=200, verbose_name='place')),
                ('link', models.URLField(blank=True, help_text='Only those with a seat get it, in their mail.', verbose_name='link to take part')),
                ('seats', models.PositiveSmallIntegerField(blank=True, help_text='Leave empty where nobody registers here.', null=True, verbose_name='seats')),
                ('sequence', models.PositiveSmallIntegerField(default=0, editable=False, help_text='iCalendar: goes up when changed')),
            ],
            options={
                'verbose_name': 'information session',
                'verbose_name_plural': 'information sessions',
                'ordering': ['-date', '-start_time'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'cancelled'])), name='session_state_known'), models.CheckConstraint(condition=models.Q(('end_time__isnull', True), models.Q(('end_time__gt', models.F('start_time')), ('start_time__isnull', False)), _connector='OR'), name='session_ends_after_it_begins', violation_error_message='A session ends after it begins.'), models.CheckConstraint(condition=models.Q(('seats__isnull', True), ('start_time__isnull', False), _connector='OR'), name='session_with_seats_has_a_time', violation_error_message='A session for which people register needs the time at which it begins.')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, help_text='stands in the mailed address', unique=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='home.session')),
                ('state', models.CharField(choices=[('seated', 'has a seat'), ('waiting', 'on the waiting list'), ('cancelled', 'cancelled')], max_length=10, verbose_name='state')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('needs', models.TextField(blank=True, max_length=500, verbose_name='what you need to take part')),
                ('language', models.CharField(max_length=2, verbose_name='language of mails')),
                ('registered_at', models.DateTimeField(verbose_name='registered')),
            ],
            options={
                'verbose_name': 'registration',
                'verbose_name_plural': 'registrations',
                'ordering': ['registered_at', 'pk'],
                'default_permissions': ('view',),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['seated', 'waiting', 'cancelled'])), name='registration_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('session', 'email'), name='registration_once_an_address')],
            },
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
            ],
            options={
                'verbose_name': 'news',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
                ('date', models.DateField(verbose_name='date')),
            ],
            options={
                'verbose_name': 'piece of news',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SessionIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
            ],
            options={
                'verbose_name': 'information sessions',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SessionPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='home.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'page of an information session',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='QuestionsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
            ],
            options={
                'verbose_name': 'questions and answers',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='GlossaryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.TextField(help_text='One or two sentences that stand first, in large letters.', validators=[home.numbers.known_numbers], verbose_name='introduction')),
                ('body', home.blocks.BodyField([], blank=True, verbose_name='body')),
                ('unexplained', models.TextField(blank=True, help_text='Words of the glossary that this page does not explain, one a line; * for none at all.', verbose_name='words not explained')),
                ('in_brochure', models.BooleanField(default=False, help_text='Information and story pages only.', verbose_name='in the brochure')),
            ],
            options={
                'verbose_name': 'glossary',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PrintedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=36)),
                ('language', models.CharField(max_length=2)),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.storedfile')),
                ('digest', models.CharField(blank=True, help_text='of what the file was made from', max_length=64)),
                ('is_outdated', models.BooleanField(default=True, help_text='something on the site changed since')),
                ('queued_at', models.DateTimeField(help_text='when the worker was asked', null=True)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('key', 'language'), name='printed_once_a_language')],
            },
        ),
        migrations.CreateModel(
            name='PrintRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('printed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='home.printedpage')),
                ('email', models.EmailField(max_length=254)),
                ('asked_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('printed', 'email'), name='print_requested_once')],
            },
        ),
        migrations.CreateModel(
            name='Shipped',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField()),
                ('language', models.CharField(max_length=5)),
                ('digest', models.CharField(max_length=64)),
                ('revision_id', models.BigIntegerField()),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('translation_key', 'language'), name='shipped_once_a_language')],
            },
        ),
    ]
