package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.knowledge.KnowledgeService;
import ai.kubiya.server.knowledge.Reader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what an agent is told when somebody asks it something, and reads again what it was told. */
public final class KnowledgeRetrieval {
    private static final int MOST = 6;
    private static final int MOST_OF_ONE = 2;

    private final KnowledgeSearch search;
    private final KnowledgeService knowledge;

    public KnowledgeRetrieval(KnowledgeSearch search, KnowledgeService knowledge) {
        this.search = search;
        this.knowledge = knowledge;
    }

    /** The best first. */
    public List<FoundPassage> find(Reader reader, String question) {
        if (question.isBlank()) {
            return List.of();
        }
        return search.useful(reader, Question.of(question), MOST, MOST_OF_ONE).stream()
                .filter(passage -> !passage.text().isBlank())
                .toList();
    }

    /** What stands in these places; those of entries that are gone or that the reader may not read are left out. */
    public Map<Place, Quote> read(Reader reader, Collection<Place> places) {
        Map<Place, Quote> quotes = new HashMap<>();
        for (Place place : places) {
            knowledge
                    .version(reader, place.entry(), place.version())
                    .flatMap(version -> Quote.of(version, place))
                    .ifPresent(quote -> quotes.put(place, quote));
        }
        return quotes;
    }
}
