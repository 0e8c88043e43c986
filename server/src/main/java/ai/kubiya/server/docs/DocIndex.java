package ai.kubiya.server.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of the pages: the groups and links of {@code docs/README.md}, which people also read by itself. */
record DocIndex(List<Group> groups) {
    private static final Pattern GROUP = Pattern.compile("## (.+)");
    private static final Pattern ENTRY = Pattern.compile("- \\[([^]]+)]\\(([^)]+)\\).*");

    DocIndex {
        groups = List.copyOf(groups);
    }

    /** A page's name and where it is served. */
    record Entry(String title, String url) {}

    record Group(String title, List<Entry> entries) {}

    static DocIndex of(String markdown, DocLinks links) {
        List<Group> groups = new ArrayList<>();
        for (String line : markdown.lines().toList()) {
            Matcher group = GROUP.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (group.matches()) {
                groups.add(new Group(group.group(1), new ArrayList<>()));
            } else if (entry.matches() && !groups.isEmpty()) {
                links.resolve(DocFiles.INDEX, entry.group(2))
                        .ifPresent(url -> groups.getLast().entries().add(new Entry(entry.group(1), url)));
            }
        }
        return new DocIndex(groups);
    }
}
