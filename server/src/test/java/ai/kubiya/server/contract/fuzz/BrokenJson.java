package ai.kubiya.server.contract.fuzz;

import static ai.kubiya.server.contract.fuzz.Ground.pick;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes JSON with mistakes: here and there another value, something missing or too much, or no JSON at all. */
final class BrokenJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper PLAIN = new JsonMapper();
    private static final JsonMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final RandomGenerator random;
    /** What no tree can hold; stands in it as a text. */
    private final List<String> written = new ArrayList<>();

    private BrokenJson(RandomGenerator random) {
        this.random = random;
    }

    /** A place in a tree where another value can be put. */
    private sealed interface Place {
        record Member(ObjectNode object, String name) implements Place {}

        record Element(ArrayNode array, int index) implements Place {}
    }

    static byte[] bytes(JsonNode tree, RandomGenerator random) {
        BrokenJson broken = new BrokenJson(random);
        for (int i = random.nextInt(3); i > 0; i--) {
            broken.change(tree);
        }
        return broken.bytes(tree);
    }

    private void change(JsonNode tree) {
        List<Place> places = new ArrayList<>();
        collect(tree, places);
        if (tree instanceof ObjectNode object && (places.isEmpty() || random.nextInt(10) == 0)) {
            object.set(pick(List.of("colour", "", "id", "__proto__", "name ", "ключ"), random), odd());
            return;
        }
        if (places.isEmpty()) {
            return;
        }
        switch (pick(places, random)) {
            case Place.Member member -> {
                if (random.nextInt(5) == 0) {
                    member.object().remove(member.name());
                } else {
                    member.object().set(member.name(), odd());
                }
            }
            case Place.Element element -> element.array().set(element.index(), odd());
        }
    }

    private static void collect(JsonNode node, List<Place> places) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(member -> {
                    // What is odd could be dialled, too; and what is missing could be dialled elsewhere.
                    if (!SchemaValues.isDialled(member.getKey())) {
                        places.add(new Place.Member(object, member.getKey()));
                    }
                    collect(member.getValue(), places);
                });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    places.add(new Place.Element(array, i));
                    collect(array.get(i), places);
                }
            }
            default -> {}
        }
    }

    private JsonNode odd() {
        return switch (random.nextInt(10)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.objectNode();
            case 3 -> NODES.arrayNode().add(NODES.objectNode());
            case 4 -> NODES.booleanNode(random.nextBoolean());
            case 5, 6 -> {
                written.add(Oddities.json(random));
                yield NODES.textNode("@@" + (written.size() - 1) + "@@");
            }
            default -> NODES.textNode(Oddities.text(random));
        };
    }

    private byte[] bytes(JsonNode tree) {
        String text;
        try {
            text = (random.nextBoolean() ? PLAIN : ESCAPED).writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < written.size(); i++) {
            text = text.replace("\"@@" + i + "@@\"", written.get(i));
        }
        return switch (random.nextInt(40)) {
            case 0 -> new byte[0];
            case 1 -> Oddities.json(random).getBytes(StandardCharsets.UTF_8);
            case 2 -> (text + "}").getBytes(StandardCharsets.UTF_8);
            case 3 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
            case 4 -> ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
            case 5 -> text.getBytes(Charset.forName("UTF-16"));
            case 6 -> noise(text.getBytes(StandardCharsets.UTF_8));
            case 7 -> {
                byte[] whole = text.getBytes(StandardCharsets.UTF_8);
                yield Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            }
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] noise(byte[] bytes) {
        for (int i = 0; i < 3 && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
