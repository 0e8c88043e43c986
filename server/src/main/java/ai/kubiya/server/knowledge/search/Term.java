package ai.kubiya.server.knowledge.search;

import java.util.List;

/**
 * A word of a question.
 *
 * @param forms the word as the index has it; words like it when the index does not
 * @param weight the rarer, the more
 */
record Term(List<Form> forms, double weight) {
    Term {
        forms = List.copyOf(forms);
    }

    /**
     * A word of the index.
     *
     * @param passages how many have it
     * @param similarity to what was asked, from 0 to 1
     */
    record Form(String word, long passages, double similarity) {
        /** In the database's language of questions. */
        String query() {
            return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
        }
    }

    long passages() {
        return forms.stream().mapToLong(Form::passages).sum();
    }

    String query() {
        return String.join(" | ", forms.stream().map(Form::query).toList());
    }
}
