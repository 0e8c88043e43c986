package ai.kubiya.sdk.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The SDKs know every operation that the description has. */
class GeneratedSdksTest {
    private static final Path ROOT = Path.of("../..");

    @Test
    void areThoseOfTheDescription() throws IOException {
        for (var file : Main.files(ROOT).entrySet()) {
            Path there = ROOT.resolve(file.getKey());
            assertThat(Files.exists(there) ? Files.readString(there) : "")
                    .as("%s is out of date; run ./kubiya generate-sdks", file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void offerEveryOperationUnderANameOfItsOwn() throws IOException {
        Api api = Api.read(ROOT.resolve("api/openapi.yaml"));
        long operations = Files.readAllLines(ROOT.resolve("api/openapi.yaml")).stream()
                .filter(line -> line.strip().startsWith("operationId:"))
                .count();
        assertThat(api.resources().values().stream()
                        .mapToLong(one -> one.size())
                        .sum())
                .isEqualTo(operations);
        api.resources()
                .forEach((resource, those) -> assertThat(those)
                        .as(resource)
                        .extracting(Operation::name)
                        .doesNotHaveDuplicates());
    }
}
