import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('portal', '0009_chain'),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='first day away')),
                ('last_day', models.DateField(verbose_name='last day away')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deputy')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='person')),
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
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('about_id', models.BigIntegerField()),
                ('key', models.CharField(help_text='the same event, one notice for each person', max_length=150)),
                ('way', models.CharField(choices=[('at_once', 'a mail at once'), ('digest', 'in one mail each morning'), ('desk', 'in the desk only')], help_text='as the person had chosen then', max_length=10)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('in_digest_at', models.DateTimeField(null=True)),
                ('about_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('stands_in_for', models.ForeignKey(help_text='the absent person', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
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
                ('kind', models.CharField(max_length=40)),
                ('way', models.CharField(choices=[('at_once', 'a mail at once'), ('digest', 'in one mail each morning'), ('desk', 'in the desk only')], max_length=10)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='notice_choice_once_a_kind'), models.CheckConstraint(condition=models.Q(('way__in', ['at_once', 'digest', 'desk'])), name='notice_choice_known')],
            },
        ),
    ]
