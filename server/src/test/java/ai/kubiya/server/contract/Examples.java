package ai.kubiya.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Belongings;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.DescribedApi.Part;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.TestServer;
import ai.kubiya.server.testing.UploadForm;
import ai.kubiya.server.testing.ZipFixture;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The description's own examples as requests, and organisations in which they make sense. */
final class Examples {
    private static final DescribedApi API = DescribedApi.ofRepository();

    private Examples() {}

    /** An organisation with one of everything. */
    record Place(ApiClient client, Belongings own) {
        Answer send(Operation operation) {
            return send(client, operation);
        }

        /** As this organisation's client, with more headers. */
        Answer send(ApiClient sender, Operation operation) {
            String path = own.path(operation.pattern());
            if (takesUploads(operation)) {
                return sender.send(operation.method(), path, upload());
            }
            return body(operation)
                    .map(example -> sender.send(operation.method(), path, example.toString()))
                    .orElseGet(() -> sender.begin(operation.method(), path, new byte[0]));
        }
    }

    /** One of everything and nothing else. */
    static Place bare(TestServer server) {
        ApiClient client = server.newOrganization();
        return new Place(client, Belongings.of(client, "own"));
    }

    /** One of everything, and what the examples of creations make; they name each other. */
    static Place place(TestServer server) {
        Place place = placeWithout(server, "");
        // What runs would change while a test looks twice.
        try (EventReader run =
                place.client().stream("/v1/executions/" + place.own().id("execution") + "/logs?follow=true")) {
            assertThat(run.rest()).isNotEmpty();
        }
        return place;
    }

    /**
     * As {@link #place}, but the example of one creation is still to be sent.
     *
     * @param id of its operation
     */
    static Place placeWithout(TestServer server, String id) {
        Place place = bare(server);
        List<Operation> left = new ArrayList<>(API.operations(false).stream()
                .filter(operation -> creates(operation) && !operation.hasIdInPath())
                .filter(operation -> !operation.id().equals(id))
                .toList());
        // What an example names may come after it.
        for (int round = 0; round < 3 && !left.isEmpty(); round++) {
            left.removeIf(operation -> place.send(operation).status() == 201);
        }
        return place;
    }

    /** With a JSON body; uploads make what they hold. */
    static boolean creates(Operation operation) {
        return operation.method().equals("POST")
                && operation.part().at("responses").has("201")
                && body(operation).isPresent();
    }

    /** Folders of knowledge are in git repositories, and there are none here; FolderApiTest holds the same against them. */
    static boolean canBeHadHere(Operation operation) {
        return !operation.pattern().startsWith("/v1/knowledge/folders")
                || operation.id().equals("listKnowledgeFolders");
    }

    static Optional<JsonNode> body(Operation operation) {
        Part media = API.part(operation.part().pointer() + "/requestBody/content/application~1json");
        return media.node().isMissingNode()
                ? Optional.empty()
                : Optional.of(API.examples(media).getFirst());
    }

    static boolean takesUploads(Operation operation) {
        return operation.part().node().at("/requestBody/content").has("multipart/form-data");
    }

    static UploadForm upload() {
        return UploadForm.file(
                "a.zip",
                new ZipFixture()
                        .with("tools.yaml", "tools: [{name: z, description: z, type: script, content: echo}]")
                        .bytes());
    }
}
