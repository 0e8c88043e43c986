package ai.kubiya.server.secret;

import java.util.regex.Pattern;

/** What secrets may be called. */
public final class SecretName {
    static final String RULE = "must begin with a letter or _ and go on with at most 127 letters, digits, _, . and -";

    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");

    private SecretName() {}

    static boolean isGood(String name) {
        return FORM.matcher(name).matches();
    }

    /** The environment variable that a tool gets the secret in: shells know no names with dots and hyphens. */
    public static String variable(String name) {
        return name.replace('.', '_').replace('-', '_');
    }
}
