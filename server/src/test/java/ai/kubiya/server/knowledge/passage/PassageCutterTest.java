package ai.kubiya.server.knowledge.passage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How texts are cut. */
class PassageCutterTest {
    private static String words(int characters) {
        return "Some words make a sentence. "
                .repeat(characters / 28 + 1)
                .substring(0, characters)
                .strip();
    }

    private static List<String> headings(String content) {
        return PassageCutter.cut(content).stream().map(Passage::heading).toList();
    }

    @Test
    void cutsAlongHeadingsAndSaysUnderWhichAPassageStands() {
        String content = "# Install\n\n" + words(300) + "\n\n## Linux\n\n" + words(300) + "\n\n## Windows\n\n"
                + words(300) + "\n\n# Use\n\n" + words(300);

        assertThat(headings(content)).containsExactly("Install", "Install > Linux", "Install > Windows", "Use");
    }

    @Test
    void takesNoHeadingFromCode() {
        String content = "# Real\n\n" + words(300) + "\n\n```sh\n# not a heading\necho hi\n```\n\n" + words(300);

        assertThat(headings(content)).allMatch("Real"::equals);
        assertThat(headings("~~~\n# no\n```\n# no\n~~~\n\n# yes\n" + words(300)))
                .containsExactly("yes");
    }

    @Test
    void knowsUnderlinedHeadings() {
        String content =
                "Title\n=====\n\n" + words(300) + "\n\nPart\n----\n\n" + words(300) + "\n\n---\n\n" + words(100);

        assertThat(headings(content)).containsExactly("Title", "Title > Part");
    }

    @Test
    void takesRulesTablesAndListsForNoHeadings() {
        assertThat(headings("- item\n---\n| a | b |\n|---|---|\n" + words(300))).containsExactly("");
    }

    @Test
    void putsSmallSectionsTogether() {
        String content = "# A\n\nshort\n\n# B\n\nshort too\n\n# C\n\n" + words(690);

        List<Passage> passages = PassageCutter.cut(content);

        assertThat(passages).hasSize(2);
        assertThat(passages.getFirst().text()).contains("# A", "# B");
        assertThat(passages.getLast().heading()).isEqualTo("C");
    }

    @Test
    void cutsLongSectionsAtParagraphsWithAnOverlap() {
        StringBuilder content = new StringBuilder("# Long\n\n");
        for (int i = 0; i < 12; i++) {
            content.append("Paragraph ")
                    .append(i)
                    .append(" begins. ")
                    .append(words(350))
                    .append("\n\n");
        }

        List<Passage> passages = PassageCutter.cut(content.toString());

        assertThat(passages).hasSizeGreaterThan(4).allSatisfy(passage -> {
            assertThat(passage.text().length()).isBetween(50, 1000);
            assertThat(passage.heading()).isEqualTo("Long");
        });
        for (int i = 1; i < passages.size(); i++) {
            assertThat(passages.get(i).start()).isLessThan(passages.get(i - 1).end());
        }
    }

    /** Whatever the text: passages are parts of it, none is long, and nothing but white space is in none of them. */
    @Test
    void losesNothingOfAnyText() {
        Random random = new Random(5);
        List<String> pieces = List.of(
                "# ",
                "\n",
                "\n\n",
                "```\n",
                "word ",
                "é",
                "🚀",
                "\t",
                "===\n",
                "- ",
                "x".repeat(50),
                ". ",
                "\r\n",
                "|");
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(400); i >= 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String content = text.toString();
            boolean[] covered = new boolean[content.length()];
            for (Passage passage : PassageCutter.cut(content)) {
                assertThat(passage.text()).isEqualTo(content.substring(passage.start(), passage.end()));
                assertThat(passage.text().length()).isLessThanOrEqualTo(1000);
                if (!passage.text().isEmpty()) {
                    assertThat(Character.isLowSurrogate(passage.text().charAt(0)))
                            .isFalse();
                    assertThat(Character.isHighSurrogate(
                                    passage.text().charAt(passage.text().length() - 1)))
                            .isFalse();
                }
                java.util.Arrays.fill(covered, passage.start(), passage.end(), true);
            }
            for (int i = 0; i < covered.length; i++) {
                assertThat(covered[i] || Character.isWhitespace(content.charAt(i)))
                        .isTrue();
            }
        }
    }

    @Test
    void cutsATextWithoutASingleSpace() {
        assertThat(PassageCutter.cut("x".repeat(10_000)))
                .allMatch(passage -> passage.text().length() <= 1000);
        assertThat(PassageCutter.cut("🚀".repeat(5000)))
                .allMatch(passage -> passage.text().codePoints().allMatch(point -> point == "🚀".codePointAt(0)));
    }

    @Test
    void makesOneOfNothing() {
        assertThat(PassageCutter.cut("")).containsExactly(new Passage("", "", 0, 0));
        assertThat(PassageCutter.cut(" \n\n ")).hasSize(1);
    }
}
