package io.fincore.dev.endtoend;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the simulated bank says of itself. */
record BankBook(List<Line> lines) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BankBook {
        lines = List.copyOf(lines);
    }

    /**
     * A transfer, or the return of one or of part of it.
     *
     * @param originalEndToEndId of the transfer that a return brings back; null for a transfer
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Line(
            String endToEndId,
            @Nullable String originalEndToEndId,
            long amount,
            String currency,
            String status,
            int timesReceived,
            int timesExecuted,
            @Nullable String traceParent,
            @Nullable String callbackEventId,
            int callbacksOwed,
            int callbacksDelivered) {

        boolean isReturn() {
            return originalEndToEndId != null;
        }

        boolean isSettled() {
            return status.equals("settled");
        }
    }

    static BankBook read(Stack stack) {
        URI uri = URI.create(stack.simulator().url() + "/book");
        try {
            HttpResponse<String> response =
                    HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return new BankBook(List.of(JSON.readValue(response.body(), Line[].class)));
        } catch (IOException e) {
            throw new StackException("The bank's book cannot be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while reading the bank's book.", e);
        }
    }

    List<Line> transfers() {
        return lines.stream().filter(line -> !line.isReturn()).toList();
    }

    List<Line> returns() {
        return lines.stream().filter(Line::isReturn).toList();
    }

    /** Whether nothing is undecided and no callback has to be delivered any more. */
    boolean isQuiet() {
        return lines.stream()
                .allMatch(
                        line -> !line.status().equals("accepted") && line.callbacksDelivered() >= line.callbacksOwed());
    }
}
