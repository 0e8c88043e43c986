package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.knowledge.KnowledgeEntry;
import ai.kubiya.server.knowledge.KnowledgeService;
import ai.kubiya.server.knowledge.Reader;
import ai.kubiya.server.knowledge.meaning.Vectors;
import ai.kubiya.server.knowledge.search.Fusion.Candidate;
import ai.kubiya.server.knowledge.search.Fusion.Hit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Searches what somebody may read. */
public final class KnowledgeSearch {
    /** Passages of each kind; the same for all pages of a search. */
    private static final int POOL = 300;
    /** Below it, two texts have nothing to do with each other; above the other, they say the same. */
    private static final double UNRELATED = 0.2;

    private static final double SAME = 0.8;
    /** Of what is found for an agent, what fits worse takes up room and leads astray. */
    private static final double USEFUL = 0.32;

    /** Most of the words are there, and the rest is not about something else altogether. */
    private static final double MOST_WORDS = 0.6;

    private static final double ASTRAY = 0.15;

    private final Database database;
    private final FullTextStore store = new FullTextStore();
    private final Terms terms = new Terms(store);
    private final Vectors vectors;
    private final KnowledgeService knowledge;

    public KnowledgeSearch(Database database, Vectors vectors, KnowledgeService knowledge) {
        this.database = database;
        this.vectors = vectors;
        this.knowledge = knowledge;
    }

    /** An entry with its passage that fits best. */
    public record FoundEntry(KnowledgeEntry entry, FoundPassage passage) {}

    /** What both ways of looking found, and the words that were looked for. */
    private record Found(List<Term> terms, List<Candidate> byWords, List<Candidate> byMeaning) {
        List<List<Candidate>> rankings() {
            return List.of(byWords, byMeaning);
        }
    }

    /** Entries, the best first, or the newest. */
    public Page<FoundEntry> entries(Reader reader, Question question, boolean newestFirst, Page.Range range) {
        Found found = find(reader, question);
        List<Hit> ordered = new ArrayList<>(Fusion.entries(found.rankings()));
        if (newestFirst) {
            ordered.sort(Comparator.comparing(Hit::entry).reversed());
        }
        Page<Hit> page = Page.of(ordered, range);
        Map<UUID, FoundPassage> passages = passages(reader, page.rows(), found.terms());
        Map<UUID, KnowledgeEntry> entries =
                knowledge.some(reader, page.rows().stream().map(Hit::entry).toList()).stream()
                        .collect(Collectors.toMap(KnowledgeEntry::id, Function.identity()));
        List<FoundEntry> shown = new ArrayList<>();
        for (Hit hit : page.rows()) {
            FoundPassage passage = passages.get(hit.passage());
            KnowledgeEntry entry = entries.get(hit.entry());
            // Null when somebody was faster and took it away.
            if (passage != null && entry != null) {
                shown.add(new FoundEntry(entry, passage));
            }
        }
        return new Page<>(shown, page.total(), range);
    }

    /**
     * Passages, the best first, and nothing at all rather than what does not fit.
     *
     * @param mostOfOne at most this many of one entry
     */
    public List<FoundPassage> useful(Reader reader, Question question, int most, int mostOfOne) {
        Found found = find(reader, question);
        List<UUID> likely = Fusion.passages(found.rankings()).stream()
                .limit(most * 4L)
                .map(Hit::passage)
                .toList();
        Map<UUID, Float> similarities = vectors.similarities(reader.organizationId(), question.text(), likely);
        Map<UUID, Double> coverages =
                found.byWords().stream().collect(Collectors.toMap(Candidate::passage, Candidate::relevance));
        return chosen(reader, found, most, mostOfOne, passage -> {
            float similarity = similarities.getOrDefault(passage, (float) ASTRAY);
            return likely.contains(passage)
                    && (similarity >= USEFUL
                            || (similarity >= (float) ASTRAY && coverages.getOrDefault(passage, 0.0) >= MOST_WORDS));
        });
    }

    private List<FoundPassage> chosen(Reader reader, Found found, int most, int mostOfOne, Predicate<UUID> wanted) {
        Map<UUID, Integer> ofEntry = new HashMap<>();
        List<Hit> chosen = Fusion.passages(found.rankings()).stream()
                .filter(hit -> wanted.test(hit.passage()))
                .filter(hit -> ofEntry.merge(hit.entry(), 1, Integer::sum) <= mostOfOne)
                .limit(most)
                .toList();
        Map<UUID, FoundPassage> passages = passages(reader, chosen, found.terms());
        return chosen.stream()
                .map(hit -> passages.get(hit.passage()))
                .filter(Objects::nonNull)
                .toList();
    }

    private Map<UUID, FoundPassage> passages(Reader reader, List<Hit> hits, List<Term> words) {
        if (hits.isEmpty()) {
            return Map.of();
        }
        List<UUID> ids = hits.stream().map(Hit::passage).toList();
        return database.read(transaction -> {
            Map<UUID, FullTextStore.Row> rows = store.rows(transaction, reader, ids);
            Set<String> matching = matching(transaction, rows.values(), words);
            Map<UUID, FoundPassage> found = new HashMap<>();
            for (Hit hit : hits) {
                FullTextStore.Row row = rows.get(hit.passage());
                if (row != null) {
                    found.put(hit.passage(), found(row, hit, matching));
                }
            }
            return found;
        });
    }

    private Set<String> matching(Transaction transaction, Collection<FullTextStore.Row> rows, List<Term> words) {
        if (words.isEmpty()) {
            return Set.of();
        }
        Set<String> candidates = new LinkedHashSet<>();
        rows.forEach(row -> candidates.addAll(Highlights.words(row.text())));
        return store.matching(transaction, candidates, Terms.anyOf(words));
    }

    private static FoundPassage found(FullTextStore.Row row, Hit hit, Set<String> matching) {
        return new FoundPassage(
                row.of(),
                row.position(),
                row.heading(),
                row.text(),
                row.start(),
                row.end(),
                hit.relevance(),
                Highlights.of(row.text(), matching));
    }

    private Found find(Reader reader, Question question) {
        List<Term> words =
                database.read(transaction -> terms.of(transaction, reader.organizationId(), question.text()));
        List<Candidate> byWords = words.isEmpty() || question.by() == Question.By.MEANING
                ? List.of()
                : database.read(transaction -> store.ranked(transaction, reader, words, Terms.needed(words), POOL));
        List<Candidate> byMeaning =
                question.by() == Question.By.WORDS ? List.of() : byMeaning(reader, question.text(), byWords);
        return new Found(words, byWords, byMeaning);
    }

    private List<Candidate> byMeaning(Reader reader, String text, List<Candidate> byWords) {
        Map<UUID, UUID> entries = new HashMap<>();
        byWords.forEach(candidate -> entries.put(candidate.passage(), candidate.entry()));
        List<UUID> known = List.copyOf(entries.keySet());
        return vectors
                .nearest(reader, text, POOL, known, passages -> {
                    Map<UUID, UUID> readable =
                            database.read(transaction -> store.readable(transaction, reader, passages));
                    entries.putAll(readable);
                    return List.copyOf(readable.keySet());
                })
                .stream()
                .filter(similar -> similar.similarity() >= UNRELATED && entries.containsKey(similar.passage()))
                .map(similar -> new Candidate(
                        similar.passage(),
                        Objects.requireNonNull(entries.get(similar.passage())),
                        Math.min(1, (similar.similarity() - UNRELATED) / (SAME - UNRELATED))))
                .toList();
    }
}
