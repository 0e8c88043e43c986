package ai.kubiya.server.tool;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Names of tools as models take them: 64 letters, digits, _ and - alone. */
public final class ModelName {
    static final int LONGEST = 64;

    /** Of a source; its name may be long, and the tool's own says more. */
    private static final int LONGEST_SOURCE = 24;

    /** A tool's name of which so much fits beside the name of any source. */
    static final int FITS = LONGEST - LONGEST_SOURCE - 2;

    /** Letters behind what is left of a longer one. */
    private static final int MARK = 9;

    /** Letters of a longer one that are left whatever its source is. */
    static final int LEFT = FITS - MARK;

    private ModelName() {}

    /** The name where no other tool has the same. */
    public static String plain(String name) {
        return plain(name, LONGEST);
    }

    private static String plain(String name, int longest) {
        String plain = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        return plain.substring(0, Math.min(plain.length(), longest));
    }

    /** The name where others have the same: the source's is behind it. */
    public static String ofSource(String name, String source) {
        String end = plain(source, LONGEST_SOURCE);
        return plain(name, LONGEST - end.length() - 2) + "__" + end;
    }

    /** As {@link #ofSource}, and names that differ where they do not fit stay different. */
    static String apart(String name, String source) {
        String plain = plain(name);
        int room = LONGEST - 2 - plain(source, LONGEST_SOURCE).length();
        if (plain.length() <= room) {
            return ofSource(plain, source);
        }
        CRC32 rest = new CRC32();
        rest.update(plain.getBytes(StandardCharsets.UTF_8));
        return ofSource(plain.substring(0, room - MARK) + "_%08x".formatted(rest.getValue()), source);
    }

    /** A name that is taken already, with a number behind it. */
    public static String numbered(String name, int number) {
        String suffix = "_" + number;
        return name.substring(0, Math.min(name.length(), LONGEST - suffix.length())) + suffix;
    }
}
