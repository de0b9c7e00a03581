import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0029_inbox'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssignmentRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(blank=True, choices=[('10000', 'Antwerp'), ('20001', 'Flemish Brabant'), ('20002', 'Walloon Brabant'), ('30000', 'West Flanders'), ('40000', 'East Flanders'), ('50000', 'Hainaut'), ('60000', 'Liège'), ('70000', 'Limburg'), ('80000', 'Luxembourg (province)'), ('90000', 'Namur'), ('04000', 'Brussels')], help_text='Of the municipality of the organisation that leads. Empty: any.', max_length=5, verbose_name='province')),
                ('language', models.CharField(blank=True, choices=[('nl', 'Nederlands'), ('fr', 'Français'), ('de', 'Deutsch')], help_text='Empty: any.', max_length=2, verbose_name='language')),
                ('order', models.PositiveSmallIntegerField(default=1, help_text='Where several rules fit equally well, the lowest number comes first.', verbose_name='order')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='officer')),
            ],
            options={
                'verbose_name': 'rule for new applications',
                'verbose_name_plural': 'rules for new applications',
                'ordering': ['province', 'language', 'order', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('province', 'language', 'officer'), name='assignment_rule_once', violation_error_message='There is such a rule already.'), models.CheckConstraint(condition=models.Q(('province__in', ['', '10000', '20001', '20002', '30000', '40000', '50000', '60000', '70000', '80000', '90000', '04000'])), name='assignment_province_known'), models.CheckConstraint(condition=models.Q(('language__in', ['', 'nl', 'fr', 'de'])), name='assignment_language_known')],
            },
        ),
    ]
