package ai.kubiya.server.knowledge.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a Markdown file says of itself. */
class MarkdownFileTest {
    @Test
    void readsFrontMatter() {
        MarkdownFile file = MarkdownFile.of("docs/a.md", """
                ---
                title: "Restart: how"
                description: When it hangs
                tags: [one, two]
                labels: three, four
                ---
                # Other
                Text.
                """);

        assertThat(file.title()).isEqualTo("Restart: how");
        assertThat(file.description()).isEqualTo("When it hangs");
        assertThat(file.tags()).isEqualTo(List.of("one", "two", "three", "four"));
        assertThat(file.content()).isEqualTo("# Other\nText.\n");
    }

    @Test
    void takesTheFirstHeadingOrTheNameWithoutIt() {
        assertThat(MarkdownFile.of("docs/a.md", "Intro\n\n# The title #\n\nx").title())
                .isEqualTo("The title");
        assertThat(MarkdownFile.of("docs/how-to.v2.md", "Nothing else").title()).isEqualTo("how-to.v2");
        assertThat(MarkdownFile.of("README.md", "## Second\n").title()).isEqualTo("README");
    }

    @Test
    void leavesWhatOnlyLooksLikeFrontMatter() {
        for (String text : List.of(
                "---\nno: [yaml\n---\nx",
                "---\njust a line\n---\nx",
                "---\n",
                "---\n---\nx",
                "text\n---\na: b\n---\n")) {
            assertThat(MarkdownFile.of("a.md", text).content()).isEqualTo(text);
        }
    }
}
