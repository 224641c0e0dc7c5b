package io.fincore.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Examples that tell of one customer with one wallet, from the files {@code openapi/examples/*.yaml}. One is called by the name of its
 * schema, or by where else it belongs: {@code Payment_create.202}, {@code History_statement.csv}. After another dot stands the name of a
 * further example of the same.
 */
final class Examples {

    private static final String LIST = "ListBody";

    private final Map<String, JsonNode> all = new LinkedHashMap<>();

    static Examples read() {
        Examples examples = new Examples();
        for (JsonNode file : Resources.all("openapi/examples/*.yaml", JsonNode.class)) {
            for (Map.Entry<String, JsonNode> example : file.properties()) {
                if (examples.all.put(example.getKey(), example.getValue()) != null) {
                    throw new IllegalStateException("there are two examples " + example.getKey());
                }
            }
        }
        return examples;
    }

    Map<String, JsonNode> all() {
        return Map.copyOf(all);
    }

    /** @throws IllegalStateException if there is none */
    JsonNode get(String name) {
        JsonNode example = all.get(name);
        if (example == null) {
            throw new IllegalStateException("api/src/main/resources/openapi/examples has no example " + name);
        }
        return example;
    }

    /** Examples of one place by their names: those of the first name that has any; empty if none has. */
    Map<String, JsonNode> of(String... names) {
        for (String name : names) {
            Map<String, JsonNode> found = new LinkedHashMap<>();
            all.forEach((key, value) -> {
                if (key.equals(name)) {
                    found.put("example", value);
                } else if (key.startsWith(name + ".") && key.indexOf('.', name.length() + 1) < 0) {
                    found.put(key.substring(name.length() + 1), value);
                }
            });
            if (!found.isEmpty()) {
                return found;
            }
        }
        return Map.of();
    }

    /** The example id of a kind, {@code payment}. */
    String id(String kind) {
        return get("ids").path(kind).asText();
    }

    /** A page of a list with the one example of what is listed; null if that has none. */
    @Nullable
    JsonNode page(String schema, String url) {
        if (!schema.startsWith(LIST) || !all.containsKey(schema.substring(LIST.length()))) {
            return null;
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("object", "list");
        page.putArray("data").add(all.get(schema.substring(LIST.length())));
        page.put("has_more", false);
        page.put("url", url);
        return page;
    }

    /** An example with some of its fields otherwise. */
    static JsonNode with(JsonNode example, @Nullable JsonNode changes) {
        ObjectNode changed = example.deepCopy();
        if (changes != null) {
            changes.properties().forEach(field -> changed.set(field.getKey(), field.getValue()));
        }
        return changed;
    }
}
