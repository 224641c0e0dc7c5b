package io.fincore.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.money.IdType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** Calls one running API as a client would. */
record Api(Platform platform, ConfigurableApplicationContext context) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    static final String ALL_SCOPES =
            "payments:read payments:write refunds:write wallets:read wallets:write customers:write cases:write"
                    + " webhooks:manage admin";

    /** A person who may do everything: what a client may is told by its scopes. */
    static final List<String> ALL_ROLES = List.of("operator", "compliance_officer", "admin");

    record Reply(int status, java.net.http.HttpHeaders headers, String text) {

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(text, e);
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String code() {
            return json().path("code").asText();
        }
    }

    /** A client of this API with all scopes, and a person with all roles. */
    User user(String principal) {
        return new User(this, "acme", principal, ALL_SCOPES);
    }

    record User(Api api, String tenant, String principal, String scopes, List<String> roles) {

        User(Api api, String tenant, String principal, String scopes) {
            this(api, tenant, principal, scopes, ALL_ROLES);
        }

        Reply get(String path) {
            return api.send(request(path).GET());
        }

        Reply post(String path, String body, String... headers) {
            HttpRequest.Builder request = request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return api.send(request);
        }

        /** With a key of its own. */
        Reply order(String path, String body, String... headers) {
            String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
            all[headers.length] = "Idempotency-Key";
            all[headers.length + 1] = IdType.REQUEST.next();
            return post(path, body, all);
        }

        HttpRequest.Builder request(String path) {
            return api.request(path).header("Authorization", "Bearer " + api.token(tenant, principal, scopes, roles));
        }

        User withScopes(String only) {
            return new User(api, tenant, principal, only, roles);
        }

        User withRoles(String... only) {
            return new User(api, tenant, principal, scopes, List.of(only));
        }

        String newCustomer() {
            Reply reply = post("/v1/customers", "{\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\"}");
            return reply.json().path("id").asText();
        }

        /** A wallet that waits for its activation. */
        String newPendingWallet(String customer, String currency) {
            return post("/v1/wallets", "{\"customer\":\"%s\",\"currency\":\"%s\"}".formatted(customer, currency))
                    .json()
                    .path("id")
                    .asText();
        }

        /** An active wallet in the currency with a balance in minor units. */
        String newWallet(String currency, long balance) {
            String wallet = newPendingWallet(newCustomer(), currency);
            api.platform().activate(wallet);
            if (balance > 0) {
                order(
                        "/v1/wallets/" + wallet + "/deposits",
                        "{\"amount\":%d,\"currency\":\"%s\"}".formatted(balance, currency));
            }
            return wallet;
        }
    }

    String token(String tenant, String principal, String scopes, List<String> roles) {
        return platform.issuer
                .issueToken(
                        "fincore",
                        principal,
                        "fincore-api",
                        Map.of("tenant", tenant, "scope", scopes, "roles", roles, "sub", principal))
                .serialize();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("local.server.port") + path));
    }

    HttpRequest.Builder management(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("local.management.port") + path));
    }

    /** The lines that Prometheus reads. */
    Stream<String> metrics() {
        return send(management("/actuator/prometheus").GET()).text().lines();
    }

    /** @param name with its labels, as it is written */
    double metric(String name) {
        return metrics()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    int port(String property) {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty(property)));
    }

    /** An answer as the committed description has it; any other fails the test. */
    Reply send(HttpRequest.Builder building) {
        try {
            HttpRequest request = building.build();
            HttpResponse<byte[]> response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return Contract.requireAsDescribed(
                    request,
                    new Reply(
                            response.statusCode(),
                            response.headers(),
                            new String(response.body(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static List<Reply> atOnce(int times, Callable<Reply> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> futures = threads.invokeAll(Collections.nCopies(times, call));
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> future : futures) {
                replies.add(future.get());
            }
            return replies;
        }
    }

    static List<String> texts(JsonNode array, String field) {
        return array.findValuesAsText(field);
    }

    static String paymentBody(String wallet, long amount, String creditor) {
        return """
            {"source":"%s","amount":%d,"currency":"EUR",
             "creditor":{"name":"%s","iban":"DE89370400440532013000"},"reference":"INV-1"}\
            """.formatted(wallet, amount, creditor);
    }
}
