package ai.kubiya.server.secret;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets were once variables of the server's environment, the same for every organisation. */
public final class FormerSecrets {
    private static final Logger log = LoggerFactory.getLogger(FormerSecrets.class);
    private static final String PREFIX = "KUBIYA_SECRET_";

    private FormerSecrets() {}

    /** Says that nobody reads these any more, and where they belong now. */
    public static void warn(Map<String, String> environment) {
        List<String> names = environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && name.length() > PREFIX.length())
                .sorted()
                .toList();
        if (!names.isEmpty()) {
            log.warn(
                    "{} {} not read any more: secrets belong to an organisation. Create each with POST /v1/secrets"
                            + " {\"name\": \"{}\", \"value\": …} and remove the variable.",
                    String.join(", ", names),
                    names.size() == 1 ? "is" : "are",
                    names.getFirst().substring(PREFIX.length()));
        }
    }
}
