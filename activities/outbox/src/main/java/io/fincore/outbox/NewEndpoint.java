package io.fincore.outbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint to create.
 *
 * @param types one or more, see {@link WebhookEndpoint#types}
 */
public record NewEndpoint(
        String tenant,
        String principal,
        String url,
        @Nullable String description,
        List<String> types,
        Map<String, String> metadata) {

    public NewEndpoint {
        types = List.copyOf(types);
        metadata = Map.copyOf(metadata);
    }
}
