package io.fincore.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** What the running API writes to its standard output at the level of production, as it is collected there. */
final class Console implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final PrintStream real = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Console() {
        root.setLevel(Level.INFO);
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    /** Without what the embedded database server says, which is a process of its own. */
    String text() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains("\"logger_name\":\"io.zonky.test.db."))
                .collect(Collectors.joining("\n"));
    }

    /** The line of a request, which is written when its answer may have arrived already. */
    JsonNode request(String requestId) {
        return Awaitility.await()
                .until(() -> requests(requestId), found -> !found.isEmpty())
                .getFirst();
    }

    /** All of the request's line but what every line has, and times. */
    Map<String, String> fields(String requestId) {
        JsonNode line = request(requestId);
        Map<String, String> fields = new TreeMap<>();
        line.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        fields.keySet()
                .removeAll(List.of(
                        "@timestamp",
                        "@version",
                        "message",
                        "logger_name",
                        "thread_name",
                        "level",
                        "level_value",
                        "traceId",
                        "spanId",
                        "request_id",
                        "correlation_id",
                        "durationMs"));
        return fields;
    }

    List<JsonNode> requests(String requestId) {
        return text().lines()
                .filter(line -> line.contains("\"requestId\":\"" + requestId + "\""))
                .map(Console::parse)
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(line, e);
        }
    }

    @Override
    public void close() {
        System.setOut(real);
        root.setLevel(level);
    }
}
