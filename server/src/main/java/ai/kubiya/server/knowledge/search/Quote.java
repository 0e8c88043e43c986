package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.knowledge.KnowledgeEntry;
import ai.kubiya.server.knowledge.passage.Passage;
import ai.kubiya.server.knowledge.passage.PassageCutter;
import java.util.List;
import java.util.Optional;

/** What a version of an entry says in one place. */
public record Quote(String title, String heading, String text) {

    /** Empty when there is no such place. */
    static Optional<Quote> of(KnowledgeEntry.Version version, Place place) {
        String content = version.text().content();
        if (place.start() < 0 || place.start() > place.end() || place.end() > content.length()) {
            return Optional.empty();
        }
        List<Passage> passages = PassageCutter.cut(content);
        boolean same = place.position() >= 0
                && place.position() < passages.size()
                && passages.get(place.position()).start() == place.start();
        return Optional.of(new Quote(
                version.text().name(),
                same ? passages.get(place.position()).heading() : "",
                content.substring(place.start(), place.end())));
    }
}
