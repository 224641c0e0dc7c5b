package io.fincore.workflows.client;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.context.ContextPropagator;
import io.temporal.common.converter.DataConverter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Carries the ids that log lines are found by from the request through workflow and activity, in headers of their own. */
final class CorrelationPropagator implements ContextPropagator {

    private static final List<String> KEYS = List.of("correlation_id", "request_id");
    private static final DataConverter CONVERTER = Payloads.plainConverter();

    @Override
    public String getName() {
        return "fincore-correlation";
    }

    @Override
    public Object getCurrentContext() {
        Map<String, String> context = new HashMap<>();
        for (String key : KEYS) {
            String value = MDC.get(key);
            if (value != null) {
                context.put(key, value);
            }
        }
        return context;
    }

    @Override
    public void setCurrentContext(@Nullable Object context) {
        KEYS.forEach(MDC::remove);
        if (context instanceof Map<?, ?> values) {
            values.forEach((key, value) -> MDC.put((String) key, (String) value));
        }
    }

    @Override
    public Map<String, Payload> serializeContext(Object context) {
        Map<String, Payload> header = new HashMap<>();
        if (context instanceof Map<?, ?> values) {
            values.forEach((key, value) -> CONVERTER.toPayload(value).ifPresent(p -> header.put((String) key, p)));
        }
        return header;
    }

    @Override
    public Object deserializeContext(Map<String, Payload> header) {
        Map<String, String> context = new HashMap<>();
        for (String key : KEYS) {
            Payload payload = header.get(key);
            if (payload != null) {
                context.put(key, CONVERTER.fromPayload(payload, String.class, String.class));
            }
        }
        return context;
    }
}
