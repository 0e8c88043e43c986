package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.knowledge.KnowledgeEntry;
import ai.kubiya.server.knowledge.KnowledgeService;
import ai.kubiya.server.knowledge.Reader;
import ai.kubiya.server.knowledge.meaning.VectorMemory;
import ai.kubiya.server.knowledge.passage.WordParts;
import ai.kubiya.server.knowledge.search.FullTextStore.Known;
import ai.kubiya.server.knowledge.search.FullTextStore.Ranked;
import ai.kubiya.server.knowledge.search.Fusion.Hit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Searches what somebody may read. */
public final class KnowledgeSearch {
    /** Of each kind; the same for all pages of a search. */
    private static final int POOL = 300;
    /** Passages that have one of these words are looked at; with so many, commoner ones need not be looked for. */
    private static final long ENOUGH = 5000;

    private static final int LONGEST_QUESTION = 2000;
    private static final int MOST_TERMS = 24;
    private static final int SHORTEST_MISTAKE = 4;
    private static final int LONGEST_MISTAKE = 40;
    /** Below it, two texts have nothing to do with each other. */
    private static final double UNRELATED = 0.2;

    private static final double SAME = 0.8;

    private final Database database;
    private final FullTextStore store = new FullTextStore();
    private final VectorMemory vectors;
    private final KnowledgeService knowledge;
    private volatile @Nullable Boolean trigrams;

    public KnowledgeSearch(Database database, VectorMemory vectors, KnowledgeService knowledge) {
        this.database = database;
        this.vectors = vectors;
        this.knowledge = knowledge;
    }

    /** An entry with its passage that fits best. */
    public record FoundEntry(KnowledgeEntry entry, FoundPassage passage) {}

    /** Entries, the best first, or the newest. */
    public Page<FoundEntry> entries(Reader reader, Question question, boolean newestFirst, Page.Range range) {
        List<Term> terms = terms(reader, question);
        Map<UUID, Hit> best = new LinkedHashMap<>();
        hits(reader, question, terms).forEach(hit -> best.putIfAbsent(hit.entry(), hit));
        List<Hit> ordered = new ArrayList<>(best.values());
        if (newestFirst) {
            ordered.sort(Comparator.comparing(Hit::entry).reversed());
        }
        Page<Hit> page = Page.of(ordered, range);
        Map<UUID, FoundPassage> passages = passages(reader, page.rows(), terms);
        Map<UUID, KnowledgeEntry> entries =
                knowledge.some(reader, page.rows().stream().map(Hit::entry).toList()).stream()
                        .collect(Collectors.toMap(KnowledgeEntry::id, Function.identity()));
        List<FoundEntry> found = new ArrayList<>();
        for (Hit hit : page.rows()) {
            FoundPassage passage = passages.get(hit.passage());
            KnowledgeEntry entry = entries.get(hit.entry());
            // Null when somebody was faster and took it away.
            if (passage != null && entry != null) {
                found.add(new FoundEntry(entry, passage));
            }
        }
        return new Page<>(found, page.total(), range);
    }

    /**
     * Passages, the best first.
     *
     * @param mostOfOne at most this many of one entry
     */
    public List<FoundPassage> passages(Reader reader, Question question, int most, int mostOfOne) {
        List<Term> terms = terms(reader, question);
        Map<UUID, Integer> ofEntry = new HashMap<>();
        List<Hit> chosen = hits(reader, question, terms).stream()
                .filter(hit -> ofEntry.merge(hit.entry(), 1, Integer::sum) <= mostOfOne)
                .limit(most)
                .toList();
        Map<UUID, FoundPassage> passages = passages(reader, chosen, terms);
        return chosen.stream()
                .map(hit -> passages.get(hit.passage()))
                .filter(Objects::nonNull)
                .toList();
    }

    private Map<UUID, FoundPassage> passages(Reader reader, List<Hit> hits, List<Term> terms) {
        if (hits.isEmpty()) {
            return Map.of();
        }
        List<UUID> ids = hits.stream().map(Hit::passage).toList();
        return database.read(transaction -> {
            Map<UUID, FullTextStore.Row> rows = store.rows(transaction, reader, ids);
            Set<String> matching = matching(transaction, rows.values(), terms);
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

    private Set<String> matching(Transaction transaction, Collection<FullTextStore.Row> rows, List<Term> terms) {
        if (terms.isEmpty()) {
            return Set.of();
        }
        Set<String> words = new LinkedHashSet<>();
        rows.forEach(row -> words.addAll(Highlights.words(row.text())));
        return store.matching(transaction, words, anyOf(terms));
    }

    private static FoundPassage found(FullTextStore.Row row, Hit hit, Set<String> matching) {
        return new FoundPassage(
                row.entry(),
                row.position(),
                row.heading(),
                row.text(),
                row.start(),
                row.end(),
                hit.relevance(),
                Highlights.of(row.text(), matching));
    }

    private List<Hit> hits(Reader reader, Question question, List<Term> terms) {
        Fusion fusion = new Fusion();
        List<Ranked> byWords = terms.isEmpty() || question.by() == Question.By.MEANING
                ? List.of()
                : database.read(transaction -> store.ranked(transaction, reader, terms, needed(terms), POOL));
        for (int i = 0; i < byWords.size(); i++) {
            Ranked ranked = byWords.get(i);
            fusion.add(ranked.passage(), ranked.entry(), i + 1, ranked.coverage());
        }
        if (question.by() != Question.By.WORDS) {
            addByMeaning(reader, question.text(), byWords, fusion);
        }
        return fusion.ranked();
    }

    private void addByMeaning(Reader reader, String text, List<Ranked> byWords, Fusion fusion) {
        Map<UUID, UUID> entries = new HashMap<>();
        List<UUID> found = byWords.stream().map(Ranked::passage).toList();
        List<VectorMemory.Similar> byMeaning = vectors.nearest(reader.organizationId(), text, POOL, found, passages -> {
            Map<UUID, UUID> readable = database.read(transaction -> store.readable(transaction, reader, passages));
            entries.putAll(readable);
            return List.copyOf(readable.keySet());
        });
        byWords.forEach(ranked -> entries.put(ranked.passage(), ranked.entry()));
        for (int i = 0; i < byMeaning.size(); i++) {
            VectorMemory.Similar similar = byMeaning.get(i);
            UUID entry = entries.get(similar.passage());
            if (entry != null && similar.similarity() >= UNRELATED) {
                double relevance = (similar.similarity() - UNRELATED) / (SAME - UNRELATED);
                fusion.add(similar.passage(), entry, i + 1, Math.min(1, relevance));
            }
        }
    }

    /** The rarest words, as many as bring enough passages. */
    private static String needed(List<Term> terms) {
        List<Term> rarestFirst =
                terms.stream().sorted(Comparator.comparingLong(Term::passages)).toList();
        List<Term> needed = new ArrayList<>();
        long passages = 0;
        for (Term term : rarestFirst) {
            if (!needed.isEmpty() && passages + term.passages() > ENOUGH) {
                break;
            }
            needed.add(term);
            passages += term.passages();
        }
        return anyOf(needed);
    }

    private static String anyOf(List<Term> terms) {
        return String.join(" | ", terms.stream().map(Term::query).toList());
    }

    private List<Term> terms(Reader reader, Question question) {
        UUID organizationId = reader.organizationId();
        return database.read(transaction -> {
            long passages = store.passages(transaction, organizationId);
            if (passages == 0) {
                return List.of();
            }
            String text = question.text().substring(0, Math.min(question.text().length(), LONGEST_QUESTION));
            return store.known(transaction, organizationId, WordParts.with(text)).stream()
                    .sorted(Comparator.comparing(Known::count).thenComparing(Known::word))
                    .limit(MOST_TERMS)
                    .map(known -> term(transaction, organizationId, known, passages))
                    .toList();
        });
    }

    private Term term(Transaction transaction, UUID organizationId, Known known, long passages) {
        long count = known.count();
        if (count > 0) {
            return new Term(List.of(new Term.Form(known.word(), count, 1)), weight(count, passages));
        }
        List<Term.Form> forms = new ArrayList<>();
        forms.add(new Term.Form(known.word(), 0, 1));
        int length = known.word().length();
        if (length >= SHORTEST_MISTAKE && length <= LONGEST_MISTAKE && hasTrigrams(transaction)) {
            forms.addAll(Spelling.likely(known.word(), store.similar(transaction, organizationId, known.word())));
        }
        long best = forms.size() == 1 ? 0 : forms.get(1).passages();
        return new Term(forms, weight(best, passages));
    }

    /** As in BM25: what is in every passage says nothing. */
    private static double weight(long count, long passages) {
        double with = Math.min(count, passages);
        return Math.log(1 + (passages - with + 0.5) / (with + 0.5));
    }

    private boolean hasTrigrams(Transaction transaction) {
        Boolean known = trigrams;
        if (known == null) {
            known = store.hasTrigrams(transaction);
            trigrams = known;
        }
        return known;
    }
}
