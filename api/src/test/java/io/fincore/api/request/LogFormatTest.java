package io.fincore.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

class LogFormatTest {

    private final LoggerContext loggers = new LoggerContext();

    @Test
    void writesWhatSpringBootsOwnFormatWrites() throws IOException {
        LoggingEvent event = event(
                new IllegalStateException("no \"one\"\nis there: ü€😀", new IOException("down")),
                Map.of("request_id", "req_1"));
        event.addKeyValuePair(new KeyValuePair("route", "/v1/payments/{id}"));
        event.addKeyValuePair(new KeyValuePair("durationMs", 12L));

        ObjectNode line = line(LogFormat.class.getName(), event);
        ObjectNode own = line("logstash", event);

        assertThat(instant(line)).isEqualTo(instant(own)).isEqualTo(event.getInstant());
        assertThat(line).isEqualTo(own);
        assertThat(line.path("stack_trace").asText())
                .contains("IllegalStateException: no \"one\"", "IOException: down");
        assertThat(line.path("durationMs").isNumber()).isTrue();
    }

    @Test
    void leavesOutWhatIsNotThere() throws IOException {
        LoggingEvent event = event(null, Map.of());

        ObjectNode line = line(LogFormat.class.getName(), event);
        ObjectNode own = line("logstash", event);

        assertThat(instant(line)).isEqualTo(instant(own));
        assertThat(line).isEqualTo(own);
        assertThat(line.has("stack_trace")).isFalse();
    }

    private LoggingEvent event(@Nullable Throwable thrown, Map<String, String> context) {
        LoggingEvent event = new LoggingEvent(
                "here", loggers.getLogger("io.fincore.api"), Level.WARN, "it\tis {}", thrown, new Object[] {"so"});
        event.setMDCPropertyMap(context);
        return event;
    }

    private ObjectNode line(String format, LoggingEvent event) throws IOException {
        loggers.putObject(Environment.class.getName(), new StandardEnvironment());
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(loggers);
        encoder.setFormat(format);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n").hasLineCount(1);
        return (ObjectNode) new ObjectMapper().readTree(line);
    }

    /** Takes it away: the other format has the machine's time zone. */
    private static Instant instant(ObjectNode line) {
        return OffsetDateTime.parse(line.remove("@timestamp").asText()).toInstant();
    }
}
