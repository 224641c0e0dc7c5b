package io.fincore.providers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the providers that speak JSON have in common. */
final class Json {

    private static final int MAX_WORDS = 500;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @return a missing node for what is no JSON */
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException unreadable) {
            return MAPPER.missingNode();
        }
    }

    /**
     * A provider's words, without control characters, because PostgreSQL stores no NUL, and cut to what a person reads.
     *
     * @return empty if there are none
     */
    static String words(JsonNode field) {
        String text = field.asText("").replaceAll("\\p{Cntrl}", " ");
        return text.length() > MAX_WORDS ? text.substring(0, MAX_WORDS) : text;
    }
}
