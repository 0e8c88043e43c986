package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.knowledge.passage.WordParts;
import ai.kubiya.server.knowledge.search.FullTextStore.Known;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the words of questions: how rare each is, and what was meant where there is no such word. */
final class Terms {
    /** Passages that have one of these words are looked at; with so many, commoner ones need not be looked for. */
    private static final long ENOUGH = 5000;

    private static final int LONGEST_QUESTION = 2000;
    private static final int MOST = 24;
    private static final int SHORTEST_MISTAKE = 4;
    private static final int LONGEST_MISTAKE = 40;

    private final FullTextStore store;
    private volatile @Nullable Boolean trigrams;

    Terms(FullTextStore store) {
        this.store = store;
    }

    /** The rarest first. */
    List<Term> of(Transaction transaction, UUID organizationId, String question) {
        long passages = store.passages(transaction, organizationId);
        if (passages == 0) {
            return List.of();
        }
        String text = question.substring(0, Math.min(question.length(), LONGEST_QUESTION));
        return store.known(transaction, organizationId, WordParts.with(text)).stream()
                .sorted(Comparator.comparingLong(Known::count).thenComparing(Known::word))
                .limit(MOST)
                .map(known -> term(transaction, organizationId, known, passages))
                .toList();
    }

    private Term term(Transaction transaction, UUID organizationId, Known known, long passages) {
        if (known.count() > 0) {
            return new Term(List.of(new Term.Form(known.word(), known.count(), 1)), weight(known.count(), passages));
        }
        List<Term.Form> forms = new ArrayList<>();
        forms.add(new Term.Form(known.word(), 0, 1));
        int length = known.word().length();
        if (length >= SHORTEST_MISTAKE && length <= LONGEST_MISTAKE && hasTrigrams(transaction)) {
            forms.addAll(Spelling.likely(known.word(), store.similar(transaction, organizationId, known.word())));
        }
        return new Term(forms, weight(forms.getLast().passages(), passages));
    }

    /** As in BM25: what is in every passage says nothing. */
    private static double weight(long count, long passages) {
        double with = Math.min(count, passages);
        return Math.log(1 + (passages - with + 0.5) / (with + 0.5));
    }

    /** Not every database has them; it does not change while we run. */
    private boolean hasTrigrams(Transaction transaction) {
        Boolean known = trigrams;
        if (known == null) {
            known = store.hasTrigrams(transaction);
            trigrams = known;
        }
        return known;
    }

    /** A question for the rarest words, as many as bring enough passages. */
    static String needed(List<Term> terms) {
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

    static String anyOf(List<Term> terms) {
        return String.join(" | ", terms.stream().map(Term::query).toList());
    }
}
