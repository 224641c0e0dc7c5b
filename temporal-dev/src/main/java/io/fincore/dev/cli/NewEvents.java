package io.fincore.dev.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.money.IdType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The events that were not there when it was asked last. An id is made before its event is committed, so an event can come to light
 * after one with a higher id: each time the last {@link #LATEST_COMMIT} are asked for again, and what was seen is left out.
 */
final class NewEvents {

    private static final String PATH = "/v1/events";
    private static final int PAGE = 100;

    /** The platform lets no statement run for so long, nor a transaction rest. */
    private static final Duration LATEST_COMMIT = Duration.ofSeconds(30);

    private final Client client;
    /** The ids that will be asked for again, and no older ones. */
    private final TreeSet<String> seen = new TreeSet<>();

    /** Where the part of the list begins that is asked for. */
    private String from;

    /** Whatever is there already is not new. */
    NewEvents(Client client) {
        this.client = client;
        this.from = IdType.EVENT.lowest(Instant.EPOCH);
        client.get(PATH, Map.of("limit", "1")).path("data").forEach(this::goOn);
        next();
    }

    /** Those that have come to light, by age; empty if there are none. */
    List<JsonNode> next() {
        List<JsonNode> fresh = new ArrayList<>();
        String last = from;
        boolean more = true;
        while (more) {
            JsonNode page = client.get(PATH, Map.of("limit", Integer.toString(PAGE), "ending_before", last));
            List<JsonNode> oldestFirst = new ArrayList<>();
            page.path("data").forEach(oldestFirst::addFirst);
            for (JsonNode event : oldestFirst) {
                last = event.path("id").asText();
                if (seen.add(last)) {
                    fresh.add(event);
                }
            }
            more = page.path("has_more").asBoolean();
        }
        fresh.forEach(this::goOn);
        return fresh;
    }

    private void goOn(JsonNode event) {
        Instant happened = Instant.parse(event.path("created_at").asText());
        String begin = IdType.EVENT.lowest(happened.minus(LATEST_COMMIT));
        if (begin.compareTo(from) > 0) {
            from = begin;
            seen.headSet(from).clear();
        }
    }
}
