import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0027_decisions_move")]

    operations = [
        migrations.RemoveField(
            model_name='decision',
            name='reasons',
        ),
        migrations.AlterField(
            model_name='decision',
            name='prepared_at',
            field=models.DateTimeField(verbose_name='prepared on'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='prepared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='prepared by'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'released', 'replaced', 'discarded'])), name='decision_state_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['approve', 'decline', 'revoke'])), name='decision_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'prepared')), fields=('application',), name='decision_one_prepared'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'released')), fields=('application',), name='decision_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'discarded'), _negated=True), fields=('corrects',), name='decision_corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'released')), fields=('partnership',), name='decision_one_a_partnership'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decider__isnull', True), ('state__in', ['prepared', 'discarded'])), models.Q(('decided_at__isnull', False), ('decider__isnull', False), ('state__in', ['released', 'replaced'])), _connector='OR'), name='decision_released_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('partnership__isnull', True), ('state__in', ['prepared', 'discarded'])), models.Q(('outcome', 'approve'), ('partnership__isnull', False), ('state__in', ['released', 'replaced'])), models.Q(('outcome__in', ['decline', 'revoke']), ('partnership__isnull', True), ('state__in', ['released', 'replaced'])), _connector='OR'), name='decision_approval_starts_partnership'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'approve'), _negated=True), ('contact__isnull', False), _connector='OR'), name='decision_approval_names_contact'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'revoke'), _negated=True), ('corrects__isnull', False), _connector='OR'), name='decision_revokes_another'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('reasons_de', ''), ('reasons_fr', ''), ('reasons_nl', ''), _negated=True), name='decision_has_reasons'),
        ),
    ]
