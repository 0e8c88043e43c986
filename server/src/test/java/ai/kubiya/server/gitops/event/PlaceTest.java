package ai.kubiya.server.gitops.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which projects an event concerns. */
class PlaceTest {
    private static final String URL = "https://github.com/org/infrastructure";
    private static final Place ROOT = new Place(URL, "main", "");
    private static final Place NETWORK = new Place(URL, "main", "live/network");
    private static final Place CLUSTER = new Place(URL + ".git", "", "live/cluster");

    private static GitEvent push(String branch, @Nullable List<String> paths) {
        return new GitEvent(
                GitEvent.Kind.PUSH,
                List.of("git@github.com:org/infrastructure.git"),
                "org/infrastructure",
                branch,
                "main",
                "a".repeat(40),
                paths,
                null,
                "ada",
                "",
                "",
                "");
    }

    private static boolean affects(Place place, String... paths) {
        return place.isAffectedBy(push("main", List.of(paths)), List.of(NETWORK, CLUSTER));
    }

    @Test
    void isMeantByItsRepositoryAndBranch() {
        assertThat(NETWORK.isMeantBy(push("main", null))).isTrue();
        assertThat(NETWORK.isMeantBy(push("release", null))).isFalse();
        assertThat(new Place("https://github.com/org/other", "main", "").isMeantBy(push("main", null)))
                .isFalse();
    }

    @Test
    void withoutABranchIsOnTheDefaultOne() {
        assertThat(CLUSTER.isMeantBy(push("main", null))).isTrue();
        assertThat(CLUSTER.isMeantBy(push("release", null))).isFalse();
    }

    @Test
    void mayHaveItsBranchAndPathInItsUrl() {
        Place tree = new Place(URL + "/tree/release/1/live/network", "", "");

        assertThat(tree.isMeantBy(push("release/1", null))).isTrue();
        assertThat(tree.isMeantBy(push("main", null))).isFalse();
        GitEvent event = push("release/1", List.of("live/network/main.tf"));
        assertThat(tree.isAffectedBy(event, List.of(tree))).isTrue();
        assertThat(tree.isAffectedBy(push("release/1", List.of("live/cluster/x")), List.of(tree)))
                .isFalse();
    }

    @Test
    void isAffectedByWhatLiesInIt() {
        assertThat(affects(NETWORK, "live/network/main.tf")).isTrue();
        assertThat(affects(NETWORK, "live/network/deep/file.txt")).isTrue();
        assertThat(affects(NETWORK, "live/cluster/main.tf")).isFalse();
        assertThat(affects(NETWORK, "live/network-2/readme.md")).isFalse();
        assertThat(ROOT.isAffectedBy(push("main", List.of("readme.md")), List.of(ROOT)))
                .isTrue();
    }

    @Test
    void isAffectedByCodeThatAllShare() {
        assertThat(affects(NETWORK, "modules/vpc/README.md")).isTrue();
        assertThat(affects(NETWORK, "shared/naming.tf")).isTrue();
        assertThat(affects(NETWORK, "readme.md", "docs/picture.png")).isFalse();
    }

    @Test
    void isAffectedWhenNobodyKnowsWhatChanged() {
        assertThat(NETWORK.isAffectedBy(push("main", null), List.of(NETWORK, CLUSTER)))
                .isTrue();
        assertThat(affects(NETWORK)).isFalse();
    }
}
