package io.fincore.api.webhooks;

import io.fincore.api.validation.KnownEventType;
import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.fincore.api.validation.WebhookUrl;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An endpoint to create. */
record EndpointRequest(
        @NotNull @WebhookUrl String url,
        @NotNull @Size(min = 1, max = 100) List<@NotNull @KnownEventType String> events,
        @Nullable @PlainText @Size(max = 140) String description,
        @Nullable @Metadata Map<String, String> metadata) {}
