
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('portal', '0007_quarantine'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='mail',
            name='mail_state_known',
        ),
        migrations.AddField(
            model_name='mail',
            name='about_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='mail',
            name='about_type',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype'),
        ),
        migrations.AddField(
            model_name='mail',
            name='html',
            field=models.TextField(blank=True, help_text='the same words as a page'),
        ),
        migrations.AlterField(
            model_name='mail',
            name='state',
            field=models.CharField(choices=[('queued', 'queued'), ('sending', 'sending'), ('sent', 'sent'), ('failed', 'failed'), ('bounced', 'bounced')], default='queued', max_length=10),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(fields=['about_type', 'about_id'], name='mail_about'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'bounced'])), name='mail_state_known'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about_id__isnull', True), ('about_type__isnull', True)), models.Q(('about_id__isnull', False), ('about_type__isnull', False)), _connector='OR'), name='mail_about_whole'),
        ),
    ]
