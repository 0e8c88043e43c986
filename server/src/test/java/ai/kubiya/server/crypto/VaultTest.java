package ai.kubiya.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private final SecureRandom random = new SecureRandom();
    private final MasterKey key = MasterKey.random(random);
    private final Vault vault = new Vault(new KeyRing(key, List.of()), random);

    @TempDir
    private Path data;

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open(vault.seal("s3cret ü", "here"), "here")).isEqualTo("s3cret ü");
        assertThat(vault.open(vault.seal("", "here"), "here")).isEmpty();
    }

    @Test
    void sealsTheSameValueDifferentlyEachTimeAndNeverInTheClear() {
        assertThat(vault.seal("value", "here")).isNotEqualTo(vault.seal("value", "here"));
        assertThat(new String(vault.seal("value", "here"), StandardCharsets.ISO_8859_1))
                .doesNotContain("value");
    }

    @Test
    void refusesAnotherPlaceAndAnyChangedByte() {
        byte[] sealed = vault.seal("value", "here");

        assertThatThrownBy(() -> vault.open(sealed, "there")).hasMessageContaining("there");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> vault.open(changed, "here")).isInstanceOf(Vault.CannotOpen.class);
        }
        assertThatThrownBy(() -> vault.open(new byte[3], "here")).isInstanceOf(Vault.CannotOpen.class);
    }

    @Test
    void refusesTheDataKeyOfAnotherEnvelope() {
        byte[] one = vault.seal("value", "here");
        byte[] other = vault.seal("value", "here");
        int envelope = 1 + 8 + 12 + 32 + 16;
        System.arraycopy(other, 0, one, 0, envelope);

        assertThatThrownBy(() -> vault.open(one, "here")).isInstanceOf(Vault.CannotOpen.class);
    }

    @Test
    void namesTheMasterKeyThatItNeeds() {
        byte[] sealed = vault.seal("value", "here");
        Vault other = new Vault(new KeyRing(MasterKey.random(random), List.of()), random);

        assertThatThrownBy(() -> other.open(sealed, "here"))
                .hasMessageContaining(key.id())
                .hasMessageContaining("KUBIYA_MASTER_KEY_PREVIOUS");
    }

    @Test
    void putsAValueUnderANewMasterKeyWithoutSealingItAnew() {
        byte[] sealed = vault.seal("value", "here");
        MasterKey next = MasterKey.random(random);
        byte[] rewrapped = new Vault(new KeyRing(next, List.of(key)), random).rewrap(sealed);

        Vault later = new Vault(new KeyRing(next, List.of()), random);
        assertThat(later.open(rewrapped, "here")).isEqualTo("value");
        assertThatThrownBy(() -> vault.open(rewrapped, "here")).hasMessageContaining(next.id());
        int envelope = 1 + 8 + 12 + 32 + 16;
        assertThat(Arrays.copyOfRange(rewrapped, envelope, rewrapped.length))
                .isEqualTo(Arrays.copyOfRange(sealed, envelope, sealed.length));
    }

    @Test
    void keepsItsOwnKeysFromOtherUsersAndInOrder() throws IOException {
        MasterKeyFile file = new MasterKeyFile(data);
        MasterKey next = MasterKey.random(random);
        file.write(List.of(key));
        file.write(List.of(next, key));

        assertThat(file.read()).containsExactly(next, key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void refusesAFileThatIsNoKeyWithoutRepeatingIt() throws IOException {
        for (String text : List.of("", "\n", "bm90IGxvbmcgZW5vdWdo", "not base64!")) {
            Files.writeString(data.resolve("master-key"), text);
            assertThatThrownBy(() -> new MasterKeyFile(data).read())
                    .hasMessageContaining("master-key")
                    .hasMessageNotContainingAny("bm90IGxvbmcgZW5vdWdo", "not base64");
        }
    }

    @Test
    void neverPrintsAKey() {
        assertThat(new KeyRing(key, List.of()).toString()).contains(key.id()).doesNotContain(key.base64());
    }
}
