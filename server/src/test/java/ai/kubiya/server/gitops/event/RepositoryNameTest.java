package ai.kubiya.server.gitops.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/Org/Repo",
                "https://github.com/org/repo.git",
                "https://github.com/org/repo/",
                "https://user@github.com:443/org/repo.git",
                "http://github.com/org/repo",
                "git@github.com:org/repo.git",
                "ssh://git@github.com/org/repo.git",
                "ssh://git@github.com:22/org/repo",
                "git://github.com/org/repo.git",
                "https://github.com/org/repo/tree/main/network"
            })
    void isTheSameHoweverTheUrlIsWritten(String url) {
        assertThat(RepositoryName.of(url)).isEqualTo("github.com/org/repo");
    }

    @Test
    void isAnotherForAnotherRepository() {
        assertThat(RepositoryName.of("https://gitlab.example.com:8443/group/sub/repo.git"))
                .isEqualTo("gitlab.example.com:8443/group/sub/repo");
        assertThat(RepositoryName.of("file:///srv/git/repo")).isEqualTo("srv/git/repo");
        assertThat(RepositoryName.of("https://github.com/org/repo-2")).isEqualTo("github.com/org/repo-2");
        assertThat(RepositoryName.of("")).isEmpty();
    }
}
