package ai.kubiya.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.DescribedApi.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The description is whole, says the same thing everywhere and has examples that are right. */
class DescriptionTest {
    private static final DescribedApi API = DescribedApi.ofRepository();
    private static final List<Operation> OPERATIONS = API.operations(false);

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.valueStream().map(node -> node.path(field).asText()).toList();
    }

    @Test
    void saysOfEveryOperationWhatItIs() {
        List<String> tags = texts(API.document().path("tags"), "name");
        for (Operation operation : OPERATIONS) {
            String name = operation.toString();
            assertThat(operation.id()).as(name).matches("[a-z]+([A-Z][A-Za-z]+)+");
            assertThat(operation.part().at("summary").asText())
                    .as(name)
                    .isNotEmpty()
                    .doesNotEndWith(".");
            assertThat(operation.part().at("description").asText()).as(name).endsWith(".");
            assertThat(operation.part().at("tags").size()).as(name).isEqualTo(1);
            assertThat(tags)
                    .as(name)
                    .contains(operation.part().at("tags").get(0).asText());
            assertThat(operation.scope()).as(name).isNotEmpty();
            assertThat(operation.part().at("responses").has("default")).as(name).isTrue();
        }
        assertThat(OPERATIONS).extracting(Operation::id).doesNotHaveDuplicates();
    }

    @Test
    void keepsPathsInTheOrderOfTheirTagsAndComponentsInThatOfTheirNames() {
        List<String> tags = texts(API.document().path("tags"), "name");
        assertThat(OPERATIONS.stream()
                        .map(operation ->
                                tags.indexOf(operation.part().at("tags").get(0).asText())))
                .isSorted();
        API.document().path("components").properties().forEach(kind -> {
            if (!kind.getKey().equals("securitySchemes")) {
                assertThat(names(kind.getValue())).as(kind.getKey()).isSorted();
            }
        });
    }

    @Test
    void knowsTheErrorCodesOfTheCode() {
        assertThat(API.document().at("/components/schemas/Error/properties/errorCode/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }

    @Test
    void saysOfEveryParameterWhatItIs() {
        for (Operation operation : OPERATIONS) {
            for (Part parameter : operation.parameters()) {
                String name = operation + " " + parameter.at("name").asText();
                assertThat(parameter.at("description").asText()).as(name).endsWith(".");
                assertThat(parameter.node().has("example"))
                        .as(name + " has an example")
                        .isTrue();
                assertThat(API.problems(API.child(parameter, "schema"), parameter.at("example")))
                        .as(name)
                        .isEmpty();
            }
            assertThat(operation.parameters().stream()
                            .filter(parameter -> parameter.at("in").asText().equals("path"))
                            .map(parameter -> "{" + parameter.at("name").asText() + "}"))
                    .as(operation.toString())
                    .allMatch(operation.pattern()::contains)
                    .hasSize(operation.pattern().length()
                            - operation.pattern().replace("{", "").length());
        }
    }

    @Test
    void saysOfEveryPropertyWhatItIs() {
        List<String> wrong = new ArrayList<>();
        API.elements(API.part("/components/schemas")).forEach(schema -> properties(schema, wrong));
        assertThat(wrong).isEmpty();
    }

    private static void properties(Part schema, List<String> wrong) {
        for (Part property : API.elements(API.child(schema, "properties"))) {
            if (!property.at("description").asText().endsWith(".")) {
                wrong.add(property.pointer() + " has no description");
            }
            if (property.node().has("example")
                    && !API.problems(property, property.at("example")).isEmpty()) {
                wrong.add(property.pointer() + " has an example that is wrong");
            }
            properties(property, wrong);
            properties(API.child(property, "items"), wrong);
        }
    }

    @Test
    void hasExamplesThatAreRight() {
        for (Operation operation : OPERATIONS) {
            for (Part response : API.elements(API.child(operation.part(), "responses"))) {
                for (Part media : API.elements(API.child(response, "content"))) {
                    assertThat(API.examples(media)).as(media.pointer()).isNotEmpty();
                    for (JsonNode example : API.examples(media)) {
                        assertThat(API.problems(API.child(media, "schema"), example))
                                .as(media.pointer())
                                .isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void hasAnExampleOfEveryJsonBody() {
        for (Operation operation : OPERATIONS) {
            Part json = API.part(operation.part().pointer() + "/requestBody/content/application~1json");
            if (!json.node().isMissingNode()) {
                assertThat(API.examples(json)).as(operation.toString()).hasSize(1);
            }
        }
    }
}
