package io.fincore.dev.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** JSON as the journal, the callbacks, the requests and the answers have it: snake case, times in ISO 8601. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /** @throws BadMessageException if the request's body is not one of these */
    static <T> T read(String body, Class<T> type) {
        try {
            return BadMessageException.require(MAPPER.readValue(body, type), "the body");
        } catch (JsonMappingException wrong) {
            throw wrong.getCause() instanceof BadMessageException bad
                    ? bad
                    : new BadMessageException("not such a request: " + wrong.getOriginalMessage(), wrong);
        } catch (JsonProcessingException unreadable) {
            throw new BadMessageException("not JSON", unreadable);
        }
    }
}
