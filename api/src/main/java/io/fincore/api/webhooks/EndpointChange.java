package io.fincore.api.webhooks;

import io.fincore.api.validation.KnownEventType;
import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.fincore.api.validation.WebhookUrl;
import io.fincore.outbox.WebhookEndpoint;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to be changed of an endpoint; what is absent or null stays. */
record EndpointChange(
        @Nullable @WebhookUrl String url,
        @Nullable @Size(min = 1, max = 100) List<@NotNull @KnownEventType String> events,
        @Nullable @PlainText @Size(max = 140) String description,
        @Nullable @Metadata Map<String, String> metadata) {

    WebhookEndpoint applyTo(WebhookEndpoint before) {
        return new WebhookEndpoint(
                before.id(),
                before.tenant(),
                before.principal(),
                Objects.requireNonNullElse(url, before.url()),
                description == null ? before.description() : description,
                events == null ? before.types() : events.stream().distinct().toList(),
                before.status(),
                before.statusReason(),
                Objects.requireNonNullElse(metadata, before.metadata()),
                before.version(),
                before.createdAt(),
                before.updatedAt());
    }
}
