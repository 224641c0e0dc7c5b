package io.fincore.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A JSON string and nothing that could be read as one; no U+0000 and no half surrogate pair, which PostgreSQL cannot store. */
final class StrictText extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    StrictText() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, parser);
        }
        String text = parser.getText();
        return isStorable(text) ? text : (String) context.handleWeirdStringValue(String.class, text, "not storable");
    }

    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
    }

    static final class Key extends KeyDeserializer {

        @Override
        public @Nullable Object deserializeKey(String key, DeserializationContext context) throws IOException {
            return isStorable(key) ? key : context.handleWeirdKey(String.class, key, "not storable");
        }
    }
}
