package ai.kubiya.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path data;

    @Test
    void opensWhatItSealedAlsoAfterARestart() throws IOException {
        byte[] sealed = Vault.open("", data, random).seal("s3cret ü", "here");

        assertThat(Vault.open("", data, random).open(sealed, "here")).isEqualTo("s3cret ü");
    }

    @Test
    void sealsTheSameValueDifferentlyEachTimeAndNeverInTheClear() throws IOException {
        Vault vault = Vault.open("", data, random);

        assertThat(vault.seal("value", "here")).isNotEqualTo(vault.seal("value", "here"));
        assertThat(new String(vault.seal("value", "here"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("value");
    }

    @Test
    void refusesAnotherPlaceAnotherKeyAndAChangedValue() throws IOException {
        Vault vault = Vault.open("", data, random);
        byte[] sealed = vault.seal("value", "here");
        byte[] changed = sealed.clone();
        changed[changed.length - 1] ^= 1;
        byte[] otherKey = new byte[32];
        random.nextBytes(otherKey);
        Vault other = Vault.open(Base64.getEncoder().encodeToString(otherKey), data, random);

        assertThatThrownBy(() -> vault.open(sealed, "there")).hasMessageContaining("there");
        assertThatThrownBy(() -> vault.open(changed, "here")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> other.open(sealed, "here")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.open(new byte[3], "here")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsItsOwnKeyFromOtherUsers() throws IOException {
        Vault.open("", data, random);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("master-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAMasterKeyOfTheWrongLengthWithoutRepeatingIt() {
        assertThatThrownBy(() -> Vault.open("bm90IGxvbmcgZW5vdWdo", data, random))
                .hasMessageContaining("KUBIYA_MASTER_KEY")
                .hasMessageNotContainingAny("bm90IGxvbmcgZW5vdWdo");
        assertThatThrownBy(() -> Vault.open("not base64!", data, random)).hasMessageContaining("base64");
    }
}
