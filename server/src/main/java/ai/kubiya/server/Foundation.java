package ai.kubiya.server;

import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.crypto.MasterKeys;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import ai.kubiya.server.db.EmbeddedDatabase;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.gitops.hook.GitHooks;
import ai.kubiya.server.idempotency.IdempotentRequests;
import ai.kubiya.server.integration.Integrations;
import ai.kubiya.server.jobs.Housekeeping;
import ai.kubiya.server.jobs.Jobs;
import ai.kubiya.server.model.organization.OrganizationModels;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.plan.SealedPlans;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.state.content.StateContents;
import ai.kubiya.server.webhook.definition.Webhooks;
import ai.kubiya.server.workflow.run.RunSecrets;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every feature is built on: data directory, database, vault, signals, audit, chores. */
final class Foundation {
    private static final Logger log = LoggerFactory.getLogger(Foundation.class);
    private static final int CONNECTIONS = 24;

    final Settings settings;
    final Clock clock;
    /** Takes what has to be closed when the server stops. */
    final Closing closing;

    final SecureRandom random = new SecureRandom();
    final DataDirectory directory;
    /** Whether other servers may use the same database. */
    final boolean shared;

    final Database database;
    final Vault vault;
    final Signals signals = new Signals();
    final Bell bell;
    final AuditLog audit;
    final EventLog events;
    final Housekeeping housekeeping;
    /** Timers on the database; started when every feature has said what its jobs are. */
    final Jobs jobs;

    Foundation(Settings settings, Clock clock, Closing closing) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.closing = closing;
        directory = closing.add(DataDirectory.open(settings.data()));
        shared = !settings.text(Setting.DATABASE_URL).isEmpty();
        DatabaseAddress address = shared
                ? DatabaseAddress.of(settings.text(Setting.DATABASE_URL))
                : closing.add(EmbeddedDatabase.start(settings.data())).address();
        database = closing.add(new Database(address, CONNECTIONS)).migrate();
        MasterKeys masterKeys = masterKeys(settings, database, random, clock).check();
        if (masterKeys.isRotationUnfinished()) {
            log.info("the change of the master key is finished: {} values", masterKeys.rotate());
        }
        vault = masterKeys.vault();
        bell = new Bell(signals, shared);
        audit = new AuditLog(database, bell, clock);
        events = new EventLog(bell, clock);
        housekeeping = closing.add(new Housekeeping());
        jobs = new Jobs(database, signals, clock, directory.nodeName());
    }

    /** All that the vault seals. */
    static List<SealedColumn> sealedColumns() {
        return Stream.of(
                        Secrets.SEALED,
                        Integrations.SEALED,
                        OrganizationModels.SEALED,
                        IdempotentRequests.SEALED,
                        Webhooks.SEALED,
                        RunSecrets.SEALED,
                        ProjectService.SEALED,
                        SealedPlans.SEALED,
                        StateContents.SEALED,
                        GitHooks.SEALED)
                .flatMap(List::stream)
                .toList();
    }

    static MasterKeys masterKeys(Settings settings, Database database, SecureRandom random, Clock clock)
            throws IOException {
        MasterKeys.Given given =
                new MasterKeys.Given(settings.text(Setting.MASTER_KEY), settings.text(Setting.MASTER_KEY_PREVIOUS));
        return MasterKeys.read(given, settings.data(), database, sealedColumns(), random, clock);
    }
}
