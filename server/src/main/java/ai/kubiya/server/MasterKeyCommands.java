package ai.kubiya.server;

import ai.kubiya.server.config.Setting;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.crypto.MasterKeys;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import ai.kubiya.server.db.EmbeddedDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;

/** Commands that change or give up master keys. Where nothing is in the data directory, servers may be running meanwhile. */
final class MasterKeyCommands {
    private MasterKeyCommands() {}

    static int rotate(Settings settings, PrintStream out) throws IOException {
        try (Closing closing = new Closing()) {
            MasterKeys keys = keys(settings, closing);
            int values = keys.rotate();
            out.println("Every value is under the master key " + keys.currentId() + " now; " + values + " "
                    + (values == 1 ? "was" : "were") + " under another.");
            if (!settings.text(Setting.MASTER_KEY_PREVIOUS).isEmpty()) {
                out.println("KUBIYA_MASTER_KEY_PREVIOUS is not needed any more, except for older backups.");
            } else if (!settings.text(Setting.MASTER_KEY).isEmpty() && values == 0) {
                out.println("To change the key, give the new one in KUBIYA_MASTER_KEY and this one in"
                        + " KUBIYA_MASTER_KEY_PREVIOUS.");
            }
            return 0;
        }
    }

    static int forgetLost(Settings settings, PrintStream out) throws IOException {
        try (Closing closing = new Closing()) {
            MasterKeys keys = keys(settings, closing);
            String lost = keys.forgetLost();
            out.println(
                    lost.isEmpty()
                            ? "Nothing was lost: the master key " + keys.currentId() + " opens everything."
                            : "Given up: " + lost + ". New values are sealed under the master key " + keys.currentId()
                                    + ".");
            return 0;
        }
    }

    private static MasterKeys keys(Settings settings, Closing closing) throws IOException {
        boolean embedded = settings.text(Setting.DATABASE_URL).isEmpty();
        if (embedded || settings.text(Setting.MASTER_KEY).isEmpty()) {
            closing.add(DataDirectory.open(settings.data()));
        }
        DatabaseAddress address = embedded
                ? closing.add(EmbeddedDatabase.start(settings.data())).address()
                : DatabaseAddress.of(settings.text(Setting.DATABASE_URL));
        Database database = closing.add(new Database(address, 2)).migrate();
        return Foundation.masterKeys(settings, database, new SecureRandom(), Clock.systemUTC());
    }
}
