import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_kept_input"), ("partners", "0006_people")]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('contact', 'Contact person'), ('deputy', 'Deputy')], max_length=10, verbose_name='Role')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='Name')),
                ('function', models.CharField(blank=True, max_length=150, verbose_name='Function')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='Telephone')),
            ],
            options={
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Dwelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secured', models.CharField(blank=True, choices=[('secured', 'we have a home'), ('in_sight', 'we have a home in sight'), ('searching', 'we are still looking')], max_length=20, verbose_name='Do you have it?')),
                ('kind', models.CharField(blank=True, choices=[('house', 'house'), ('flat', 'flat'), ('studio', 'studio'), ('rooms', 'room or rooms in a shared house')], max_length=20, verbose_name='Kind of dwelling')),
                ('bedrooms', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Number of bedrooms')),
                ('persons', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='For how many persons?')),
                ('rent', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='Rent, in euros a month')),
                ('available_from', models.DateField(blank=True, null=True, verbose_name='Available from')),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='For how many months?')),
                ('adapted', models.BooleanField(blank=True, null=True, verbose_name='Is it adapted for someone with a disability?')),
            ],
            options={
                'verbose_name': 'dwelling',
                'verbose_name_plural': 'dwellings',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='GuidanceStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('pcsw', 'OCMW/CPAS'), ('bank', 'Bank account'), ('school', 'School'), ('health_insurance', 'Health insurance'), ('doctor', 'Doctor'), ('integration', 'Integration course'), ('language', 'Language'), ('work', 'Work'), ('leisure', 'Leisure')], max_length=20, verbose_name='Step')),
                ('who', models.CharField(blank=True, max_length=150, verbose_name='Who does it?')),
                ('how', models.TextField(blank=True, verbose_name='How?')),
            ],
            options={
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='application',
            name='adapted_home',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='consultations',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='application',
            name='evaluation',
            field=models.CharField(blank=True, choices=[('quarterly', 'every three months'), ('half_yearly', 'after six months, and before the year ends'), ('yearly', 'once, before the year ends')], max_length=20),
        ),
        migrations.AddField(
            model_name='application',
            name='experience',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='application',
            name='guide_languages',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='application',
            name='volunteers',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='volunteers_informed',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='volunteers_insured',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='contact',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='applications.application'),
        ),
        migrations.AddField(
            model_name='dwelling',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dwellings', to='applications.application'),
        ),
        migrations.AddField(
            model_name='dwelling',
            name='municipality',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.municipality', to_field='refnis', verbose_name='Municipality'),
        ),
        migrations.AddField(
            model_name='guidancestep',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='applications.application'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('application', 'role'), name='contact_role_once'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['contact', 'deputy'])), name='contact_role_known'),
        ),
        migrations.AddConstraint(
            model_name='dwelling',
            constraint=models.CheckConstraint(condition=models.Q(('months__isnull', True), ('months__gte', 12), _connector='OR'), name='dwelling_12_months'),
        ),
        migrations.AddConstraint(
            model_name='dwelling',
            constraint=models.CheckConstraint(condition=models.Q(('rent__isnull', True), ('rent__gte', 0), _connector='OR'), name='dwelling_rent_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='dwelling',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['', 'house', 'flat', 'studio', 'rooms'])), name='dwelling_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='dwelling',
            constraint=models.CheckConstraint(condition=models.Q(('secured__in', ['', 'secured', 'in_sight', 'searching'])), name='dwelling_secured_known'),
        ),
        migrations.AddConstraint(
            model_name='guidancestep',
            constraint=models.UniqueConstraint(fields=('application', 'step'), name='guidance_step_once'),
        ),
        migrations.AddConstraint(
            model_name='guidancestep',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['pcsw', 'bank', 'school', 'health_insurance', 'doctor', 'integration', 'language', 'work', 'leisure'])), name='guidance_step_known'),
        ),
    ]
