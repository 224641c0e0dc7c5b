package io.fincore.dev.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.dev.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The REST API with a token from the stack's issuer; every answer but a success is an exception with the problem's text. */
public final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String apiUrl;
    private final String token;

    /**
     * Fetches a token with all scopes, for a person with all roles.
     *
     * @param tokenEndpoint of the issuer
     * @param principal owner of everything that is created
     */
    public ApiClient(String apiUrl, String tokenEndpoint, String principal, String tenant) {
        this.apiUrl = apiUrl;
        this.token = fetchToken(tokenEndpoint, principal, tenant);
    }

    /** The access token that it calls with. */
    public String token() {
        return token;
    }

    /** A POST with an Idempotency-Key of its own, answered by a status below 300. */
    public JsonNode post(String path, Map<String, ?> body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    public JsonNode post(String path, Map<String, ?> body, String idempotencyKey) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()))
                .build());
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /** A request with the token, to be completed and given to {@link #exchange}. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(apiUrl + path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    /** Sends a request and returns the answer, whatever its status. */
    public HttpResponse<String> exchange(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(request.method() + " " + request.uri().getPath() + " was interrupted", e);
        }
    }

    private String fetchToken(String tokenEndpoint, String principal, String tenant) {
        Map<String, String> form = Map.of(
                "grant_type", "client_credentials",
                "client_id", "fincore-dev",
                "client_secret", "not-checked",
                "scope",
                        "payments:read payments:write wallets:read wallets:write customers:write cases:write refunds:write webhooks:manage admin",
                "roles", "operator compliance_officer admin",
                "principal", principal,
                "tenant", tenant);
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(tokenEndpoint))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .path("access_token")
                .asText();
    }

    private JsonNode send(HttpRequest request) {
        String call = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<String> response = exchange(request);
            if (response.statusCode() >= 300) {
                throw new StackException(call + " was answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StackException(call + " failed: " + e, e);
        }
    }
}
