package ai.kubiya.server.policy.expression;

import java.util.regex.Pattern;

/** Policies in the language that existing clients write them in. */
public final class RegoText {
    public static final String REFUSAL =
            "this is Rego, which this server does not evaluate: its policies are expressions in"
                    + " CEL that must be true, such as tool.name != \"destroy\" || \"ops\" in user.groups. docs/policies.md shows how"
                    + " common rules are said in it";

    /** How modules, and the parts of them that people paste, begin; and an operator that CEL does not have. */
    private static final Pattern MARKS = Pattern.compile(
            "^[ \\t]*(package|import|default)[ \\t]+\\w|:="
                    + "|^[ \\t]*(allow|deny|violation)[ \\t]*([{\\[]|if\\b|contains\\b)",
            Pattern.MULTILINE);

    private RegoText() {}

    /** To be asked of texts that are no CEL. */
    public static boolean looksLikeIt(String text) {
        return MARKS.matcher(text).find();
    }
}
