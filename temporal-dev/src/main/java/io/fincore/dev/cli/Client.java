package io.fincore.dev.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls the API with a token; an answer that is no success becomes an error with the problem's own words. */
final class Client {

    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;
    private final String token;

    Client(String url, String token) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.token = token;
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    /** @param query in the order in which it is sent */
    JsonNode get(String path, Map<String, String> query) {
        return get(
                query.isEmpty()
                        ? path
                        : path + "?"
                                + query.entrySet().stream()
                                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                                        .collect(Collectors.joining("&")));
    }

    /** @param headers names and values in turn */
    JsonNode post(String path, Map<String, ?> body, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(TIMEOUT)
                    .header("Accept", "application/json")
                    .header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            throw new CliException(url + " is no address of an API: " + e.getMessage(), e);
        }
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new CliException(explain(response));
            }
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new CliException(
                    "%s %s failed: %s. Is the platform up (temporal-dev/up)?"
                            .formatted(request.method(), request.uri(), e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", e);
        }
    }

    private static String explain(HttpResponse<String> response) throws IOException {
        if (!response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
            return response.request().uri() + " was answered " + response.statusCode() + ": " + response.body();
        }
        JsonNode problem = JSON.readTree(response.body());
        StringBuilder text = new StringBuilder("%d %s: %s%n  %s"
                .formatted(
                        response.statusCode(),
                        problem.path("code").asText(),
                        problem.path("title").asText(),
                        problem.path("detail").asText()));
        for (JsonNode error : problem.path("errors")) {
            text.append("%n  %s %s"
                    .formatted(
                            error.path("pointer").asText(), error.path("detail").asText()));
        }
        return text.append("%n  %s".formatted(problem.path("request_id").asText()))
                .toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
