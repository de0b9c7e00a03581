import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import partners.enterprise_numbers
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('portal', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('refnis', models.CharField(help_text="Statbel's code", max_length=5, unique=True)),
                ('name_nl', models.CharField(max_length=80)),
                ('name_fr', models.CharField(max_length=80)),
                ('name_de', models.CharField(blank=True, help_text='only where German is the language', max_length=80)),
                ('plain_names', models.TextField(db_default='', editable=False, help_text='all names as they are searched')),
                ('province', models.CharField(choices=[('10000', 'Antwerp'), ('20001', 'Flemish Brabant'), ('20002', 'Walloon Brabant'), ('30000', 'West Flanders'), ('40000', 'East Flanders'), ('50000', 'Hainaut'), ('60000', 'Liège'), ('70000', 'Limburg'), ('80000', 'Luxembourg (province)'), ('90000', 'Namur'), ('04000', 'Brussels')], max_length=5)),
                ('region', models.CharField(choices=[('flanders', 'Flanders'), ('wallonia', 'Wallonia'), ('brussels', 'Brussels')], max_length=10)),
                ('language', models.CharField(blank=True, help_text='of the local authority; empty in Brussels, where it chooses', max_length=2)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='partners.municipality')),
                ('merged_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'municipality',
                'verbose_name_plural': 'municipalities',
                'ordering': ['name_nl'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('region__in', ['flanders', 'wallonia', 'brussels'])), name='municipality_region_known'), models.CheckConstraint(condition=models.Q(('province__in', ['10000', '20001', '20002', '30000', '40000', '50000', '60000', '70000', '80000', '90000', '04000'])), name='municipality_province_known'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', True), ('merged_on__isnull', True)), models.Q(('merged_into__isnull', False), ('merged_on__isnull', False)), _connector='OR'), name='municipality_merged_whole'), models.CheckConstraint(condition=models.Q(('language__in', ['nl', 'fr', 'de']), models.Q(('language', ''), ('region', 'brussels')), _connector='OR'), name='municipality_language_by_region')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signs_first', models.CharField(choices=[('mayor', 'mayor'), ('general_director', 'general director'), ('municipal_secretary', 'municipal secretary'), ('chair', 'chair'), ('secretary_general', 'secretary-general'), ('representative', 'authorised representative'), ('second_representative', 'second authorised representative')], max_length=30, verbose_name='first signatory')),
                ('signs_second', models.CharField(blank=True, choices=[('mayor', 'mayor'), ('general_director', 'general director'), ('municipal_secretary', 'municipal secretary'), ('chair', 'chair'), ('secretary_general', 'secretary-general'), ('representative', 'authorised representative'), ('second_representative', 'second authorised representative')], max_length=30, verbose_name='second signatory')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('plain_name', models.TextField(db_default='', editable=False, help_text='the name as it is searched')),
                ('kind', models.CharField(choices=[('municipality', 'town or municipality'), ('pcsw', 'OCMW/CPAS (public centre for social welfare)'), ('other_public', 'other public body'), ('non_profit', 'non-profit organisation')], max_length=20, verbose_name='kind')),
                ('enterprise_number', models.CharField(max_length=10, unique=True, validators=[partners.enterprise_numbers.validate], verbose_name='enterprise number')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='partners.municipality', verbose_name='municipality')),
                ('letter_language', models.CharField(choices=[('nl', 'Nederlands'), ('fr', 'Français'), ('de', 'Deutsch')], max_length=2, verbose_name='language of letters')),
                ('rule_confirmed_at', models.DateTimeField(blank=True, help_text='when it confirmed who signs; until then a default', null=True)),
                ('signatories_asked_at', models.DateTimeField(blank=True, help_text='since when its signatories wait to be confirmed anew, as after elections', null=True)),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='verified on')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checks', models.JSONField(blank=True, default=list, help_text='codes of Check: what was looked at')),
                ('sample', models.BooleanField(default=False, help_text='demo data, not a real registration', verbose_name='sample')),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('signs_first__in', ['mayor', 'general_director', 'municipal_secretary', 'chair', 'secretary_general', 'representative', 'second_representative']), ('signs_second__in', ['', 'mayor', 'general_director', 'municipal_secretary', 'chair', 'secretary_general', 'representative', 'second_representative'])), name='organisation_capacity_known'), models.CheckConstraint(condition=models.Q(('signs_first', models.F('signs_second')), _negated=True), name='organisation_capacities_differ', violation_error_message='Choose two different capacities, or one only.'), models.CheckConstraint(condition=models.Q(('kind__in', ['municipality', 'pcsw', 'other_public', 'non_profit'])), name='organisation_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by__isnull', True)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='organisation_verified_whole'), models.CheckConstraint(condition=models.Q(('letter_language__in', ['nl', 'fr', 'de'])), name='organisation_letter_language_known'), models.CheckConstraint(condition=models.Q(('enterprise_number__regex', '^[01][0-9]{9}$')), name='organisation_number_form'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.expressions.CombinedExpression(models.Value(97), '-', django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr('enterprise_number', 1, 8), models.IntegerField()), '%%', models.Value(97))), django.db.models.functions.comparison.Cast(django.db.models.functions.text.Substr('enterprise_number', 9, 2), models.IntegerField())), name='organisation_number_check_digits')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='partners.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('message', models.TextField(max_length=1000, verbose_name='message')),
                ('state', models.CharField(choices=[('waiting', 'waits for an answer'), ('granted', 'granted'), ('declined', 'declined')], default='waiting', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['made_at'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('organisation', 'user'), name='claim_waits_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'granted', 'declined'])), name='claim_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='claim_answered_whole')],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('new', 'new'), ('followed', 'followed up'), ('draft_opened', 'application opened'), ('closed', 'closed')], default='new', editable=False, max_length=20, verbose_name='state')),
                ('source', models.CharField(choices=[('form', 'form on the site'), ('mail', 'mail'), ('telephone', 'telephone'), ('talk', 'talk or session')], default='form', max_length=20, verbose_name='came by')),
                ('name', models.CharField(max_length=200, verbose_name='organisation')),
                ('kind', models.CharField(choices=[('municipality', 'town or municipality'), ('pcsw', 'OCMW/CPAS (public centre for social welfare)'), ('other_public', 'other public body'), ('non_profit', 'non-profit organisation'), ('group', 'group of people without an organisation')], max_length=20, verbose_name='kind')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='partners.municipality', verbose_name='municipality')),
                ('contact_name', models.CharField(max_length=150, verbose_name='contact')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('fr', 'Français'), ('de', 'Deutsch'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('persons', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='persons who could be housed')),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interests', to=settings.AUTH_USER_MODEL, verbose_name='who follows it up')),
                ('follow_up_on', models.DateField(verbose_name='follow up on')),
                ('created_at', models.DateTimeField(verbose_name='came in')),
            ],
            options={
                'verbose_name': 'expression of interest',
                'verbose_name_plural': 'expressions of interest',
                'ordering': ['follow_up_on', 'pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['state', 'follow_up_on'], name='interest_to_follow_up')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['new', 'followed', 'draft_opened', 'closed'])), name='interest_state_known'), models.CheckConstraint(condition=models.Q(('source__in', ['form', 'mail', 'telephone', 'talk'])), name='interest_source_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['municipality', 'pcsw', 'other_public', 'non_profit', 'group'])), name='interest_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, help_text='stands in the mailed address', unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='partners.organisation')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('manager', models.BooleanField(default=False, verbose_name='manager')),
                ('contributor', models.BooleanField(default=False, verbose_name='contributor')),
                ('viewer', models.BooleanField(default=False, verbose_name='viewer')),
                ('capacity', models.CharField(blank=True, choices=[('mayor', 'mayor'), ('general_director', 'general director'), ('municipal_secretary', 'municipal secretary'), ('chair', 'chair'), ('secretary_general', 'secretary-general'), ('representative', 'authorised representative'), ('second_representative', 'second authorised representative')], max_length=30, verbose_name='signs as')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('by_fedasil', models.BooleanField(default=False, help_text='to restore access, not from a colleague')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('manager', True), ('contributor', True), ('viewer', True), models.Q(('capacity', ''), _negated=True), _connector='OR'), name='invitation_has_a_role'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_whole'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_accepted_or_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to='partners.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to=settings.AUTH_USER_MODEL)),
                ('message', models.TextField(blank=True, max_length=500, verbose_name='message')),
                ('state', models.CharField(choices=[('waiting', 'waits for an answer'), ('accepted', 'accepted'), ('declined', 'declined')], default='waiting', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('organisation', 'user'), name='join_request_waits_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'accepted', 'declined'])), name='join_request_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='join_request_answered_whole')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='partners.organisation')),
                ('manager', models.BooleanField(default=False, verbose_name='manager')),
                ('contributor', models.BooleanField(default=False, verbose_name='contributor')),
                ('viewer', models.BooleanField(default=False, verbose_name='viewer')),
                ('capacity', models.CharField(blank=True, choices=[('mayor', 'mayor'), ('general_director', 'general director'), ('municipal_secretary', 'municipal secretary'), ('chair', 'chair'), ('secretary_general', 'secretary-general'), ('representative', 'authorised representative'), ('second_representative', 'second authorised representative')], max_length=30, verbose_name='signs as')),
                ('capacity_paper', models.OneToOneField(blank=True, help_text='shows the capacity', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='portal.storedfile')),
                ('capacity_confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('user', 'organisation'), name='membership_once'), models.CheckConstraint(condition=models.Q(('capacity__in', ['', 'mayor', 'general_director', 'municipal_secretary', 'chair', 'secretary_general', 'representative', 'second_representative'])), name='membership_capacity_known'), models.CheckConstraint(condition=models.Q(('manager', True), ('contributor', True), ('viewer', True), models.Q(('capacity', ''), _negated=True), _connector='OR'), name='membership_has_a_role')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='partners.membership')),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stands_in', to='partners.membership', verbose_name='deputy')),
                ('first_day', models.DateField(verbose_name='first day away')),
                ('last_day', models.DateField(verbose_name='last day away')),
            ],
            options={
                'ordering': ['first_day'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='absence_ends_after_it_begins', violation_error_message='The last day cannot come before the first.'), models.CheckConstraint(condition=models.Q(('membership', models.F('deputy')), _negated=True), name='absence_deputy_is_another')],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('agreement_drafted', 'agreement drafted'), ('signed', 'signed'), ('active', 'active'), ('ended', 'ended'), ('ended_early', 'ended early'), ('lapsed', 'lapsed')], default='agreement_drafted', max_length=20, verbose_name='state')),
                ('origin', models.CharField(blank=True, max_length=40, verbose_name='reference of the application')),
                ('straight_on_arrival', models.BooleanField(verbose_name='straight on arrival')),
                ('years', models.PositiveSmallIntegerField(verbose_name='years')),
                ('household_sizes', models.JSONField(verbose_name='persons in each household')),
                ('estimate', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='estimated support in euro')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact person')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('is_public', models.BooleanField(default=False, help_text='Its parties agreed to stand on the public map.', verbose_name='shown on the site')),
            ],
            options={
                'verbose_name': 'partnership',
                'verbose_name_plural': 'partnerships',
                'ordering': ['-started_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['agreement_drafted', 'signed', 'active', 'ended', 'ended_early', 'lapsed'])), name='partnership_state_known'), models.CheckConstraint(condition=models.Q(('years__in', [1, 2])), name='partnership_one_or_two_years'), models.CheckConstraint(condition=models.Q(('estimate__gte', 0)), name='partnership_estimate_not_negative'), models.UniqueConstraint(condition=models.Q(models.Q(('origin', ''), _negated=True), models.Q(('state', 'lapsed'), _negated=True)), fields=('origin',), name='partnership_once_per_application')],
            },
        ),
        migrations.CreateModel(
            name='PartnershipParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='partners.partnership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='partners.organisation')),
                ('lead', models.BooleanField(default=False)),
                ('stay', models.BooleanField(default=False, verbose_name='lasting stay')),
                ('guidance', models.BooleanField(default=False, verbose_name='fitting guidance')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('partnership', 'organisation'), name='partnership_party_once'), models.UniqueConstraint(condition=models.Q(('lead', True)), fields=('partnership',), name='partnership_one_lead')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='partners.partnership')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('arrived', 'arrived'), ('extended', 'extended'), ('ended', 'ended'), ('ended_early', 'ended early'), ('cancelled', 'cancelled')], default='planned', max_length=20, verbose_name='state')),
                ('persons', models.PositiveSmallIntegerField(verbose_name='persons')),
                ('straight_on_arrival', models.BooleanField(verbose_name='straight on arrival')),
                ('planned_from', models.DateField(verbose_name='planned from')),
            ],
            options={
                'verbose_name': 'placement',
                'verbose_name_plural': 'placements',
                'ordering': ['planned_from', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'arrived', 'extended', 'ended', 'ended_early', 'cancelled'])), name='placement_state_known'), models.CheckConstraint(condition=models.Q(('persons__gte', 1)), name='placement_has_persons')],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('stay_lump_sum', 'lump sum per person, first year'), ('second_year', 'per person, one more year'), ('direct_head', 'head of the household, straight on arrival'), ('direct_member', 'other member of the household, straight on arrival')], max_length=30, verbose_name='what for')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='amount in euro')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('source_date', models.DateField(verbose_name='date of the source')),
            ],
            options={
                'verbose_name': 'rate',
                'verbose_name_plural': 'rates',
                'ordering': ['code', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='rate_once_a_day'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='rate_not_negative'), models.CheckConstraint(condition=models.Q(('code__in', ['stay_lump_sum', 'second_year', 'direct_head', 'direct_member'])), name='rate_code_known')],
            },
        ),
        migrations.CreateModel(
            name='YearFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='year')),
                ('pledged', models.PositiveIntegerField(blank=True, null=True, verbose_name='pledged')),
                ('arrived', models.PositiveIntegerField(blank=True, null=True, verbose_name='arrived')),
                ('source', models.CharField(max_length=250, verbose_name='source')),
                ('source_date', models.DateField(verbose_name='date of the source')),
            ],
            options={
                'verbose_name': 'figure of a year',
                'verbose_name_plural': 'figures by year',
                'ordering': ['year'],
                'constraints': [models.CheckConstraint(condition=models.Q(('pledged__isnull', False), ('arrived__isnull', False), _connector='OR'), name='year_figure_not_empty')],
            },
        ),
    ]
