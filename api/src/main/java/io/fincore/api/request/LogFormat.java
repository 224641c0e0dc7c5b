package io.fincore.api.request;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.PairExtractor;
import org.springframework.boot.logging.structured.ContextPairs;
import org.springframework.boot.logging.structured.JsonWriterStructuredLogFormatter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * The same lines as Spring Boot's format {@code logstash}, without its markers, which nothing here has. Boot encodes a line character by
 * character, each wrapped in a buffer of its own: of a refused request that was the dearest part, and nearly half of the garbage.
 */
final class LogFormat extends JsonWriterStructuredLogFormatter<ILoggingEvent> {

    private static final PairExtractor<KeyValuePair> PAIR = PairExtractor.of(pair -> pair.key, pair -> pair.value);

    LogFormat(
            ContextPairs context,
            ThrowableProxyConverter stackTraces,
            @Nullable StructuredLoggingJsonMembersCustomizer<?> customizer) {
        super(members -> describe(members, context, stackTraces), customizer);
    }

    private static void describe(
            JsonWriter.Members<ILoggingEvent> members, ContextPairs context, ThrowableProxyConverter stackTraces) {
        members.add("@timestamp", ILoggingEvent::getInstant);
        members.add("@version", "1");
        members.add("message", ILoggingEvent::getFormattedMessage);
        members.add("logger_name", ILoggingEvent::getLoggerName);
        members.add("thread_name", ILoggingEvent::getThreadName);
        members.add("level", ILoggingEvent::getLevel);
        members.add("level_value", event -> event.getLevel().toInt());
        members.add().usingPairs(context.flat("_", pairs -> {
            pairs.addMapEntries(ILoggingEvent::getMDCPropertyMap);
            pairs.add(ILoggingEvent::getKeyValuePairs, PAIR);
        }));
        members.add("stack_trace", event -> event)
                .whenNotNull(ILoggingEvent::getThrowableProxy)
                .as(stackTraces::convert);
    }

    @Override
    public byte[] formatAsBytes(ILoggingEvent event, Charset charset) {
        return format(event).getBytes(charset);
    }
}
