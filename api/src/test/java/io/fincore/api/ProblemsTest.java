package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.money.IdType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.http.HttpStatus;

/** Errors that no resource causes are problems too, and every answer carries its ids. */
class ProblemsTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void unknownPathsAndMethodsAreProblems() {
        Reply unknown = ada.get("/v1/nothing");
        Reply method = api.send(ada.request("/v1/payments").DELETE());

        assertProblem(unknown, 404, "not_found");
        assertProblem(method, 405, "method_not_allowed");
        assertThat(method.header("Allow").split(",\\s*")).containsExactlyInAnyOrder("GET", "POST");
    }

    /** Found by the fuzzer: the container answers TRACE itself, and the firewall looks at names only when somebody reads them. */
    @Test
    void whatNoRouteEverTakesIsAProblemToo() {
        for (String method : List.of("TRACE", "PROPFIND")) {
            Reply refused = api.send(ada.request("/v1/payments").method(method, HttpRequest.BodyPublishers.noBody()));

            assertProblem(refused, 405, "method_not_allowed");
            assertThat(refused.header("Allow")).contains("GET");
            assertThat(refused.text()).doesNotContain("Bearer");
        }
        Reply name = ada.get("/v1/payments?%C2%80=1");

        assertProblem(name, 400, "malformed_request");
        assertThat(name.json().path("detail").asText()).contains("characters that are not allowed");
    }

    @Test
    void mediaTypesAreChecked() {
        Reply text = api.send(ada.request("/v1/customers")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        Reply html = api.send(
                ada.request("/v1/payments").header("Accept", "text/html").GET());

        assertProblem(text, 415, "unsupported_media_type");
        assertProblem(html, 406, "not_acceptable");
    }

    @Test
    void longBodiesAreRefusedDeclaredOrNot() {
        byte[] large = ("{\"name\":\"" + "x".repeat(1_100_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        Reply declared = api.send(ada.request("/v1/customers")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(large)));
        Reply chunked = api.send(ada.request("/v1/customers")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofByteArrays(List.of(large)))));

        assertProblem(declared, 413, "body_too_large");
        assertProblem(chunked, 413, "body_too_large");
    }

    @Test
    void brokenRequestLinesAreProblemsToo() throws IOException {
        for (String line : List.of("GET /v1/%zz HTTP/1.1", "GET /v1/{} HTTP/1.1", "GET /v1//payments;x=1 HTTP/1.1")) {
            String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answer).as(line).startsWith("HTTP/1.1 400").contains("\"code\":\"malformed_request\"");
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .contains("request-id: req_")
                    .contains("content-type: application/problem+json");
            assertThat(answer).doesNotContain("<html", "Tomcat", "\tat ");
        }
    }

    /** Whoever throws one need not think of it. */
    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void eachThatSaysUnavailableTellsWhenToComeAgain(ProblemType type) {
        assertThat(new ProblemException(type, "x").retryAfter())
                .isEqualTo(type.status() == HttpStatus.SERVICE_UNAVAILABLE ? Duration.ofSeconds(2) : null);
    }

    /** As while the API stops: no filter sees the request. */
    @Test
    void whatTheContainerIsNotReadyForIsToBeRepeated() {
        Pipeline host = ((TomcatWebServer) ((WebServerApplicationContext) api.context()).getWebServer())
                .getTomcat()
                .getHost()
                .getPipeline();
        Valve unready = new ValveBase() {
            @Override
            public void invoke(Request request, Response response) throws IOException {
                response.sendError(503);
            }
        };
        host.addValve(unready);
        try {
            Reply refused = ada.get("/v1/payments");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("service_unavailable");
            assertThat(refused.header("Retry-After")).isEqualTo("2");
        } finally {
            host.removeValve(unready);
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port("local.server.port"))) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyAnswerCarriesRequestAndCorrelationId() {
        Reply own = api.send(ada.request("/v1/payments")
                .header("Correlation-Id", "order-4711")
                .GET());
        Reply none = ada.get("/v1/payments");
        Reply unclean = api.send(
                ada.request("/v1/payments").header("Correlation-Id", "a b\"c").GET());

        assertThat(IdType.REQUEST.matches(own.header("Request-Id"))).isTrue();
        assertThat(own.header("Correlation-Id")).isEqualTo("order-4711");
        assertThat(none.header("Correlation-Id")).isEqualTo(none.header("Request-Id"));
        assertThat(unclean.header("Correlation-Id")).isEqualTo(unclean.header("Request-Id"));
    }

    @Test
    void managementHasAPortOfItsOwn() {
        assertThat(api.send(api.management("/actuator/health/readiness").GET()).status())
                .isEqualTo(200);
        assertThat(api.send(api.management("/actuator/health/liveness").GET()).status())
                .isEqualTo(200);
        assertThat(api.send(api.management("/actuator/prometheus").GET()).text())
                .contains("http_server_requests_seconds_count", "hikaricp_connections");
        assertThat(api.send(api.management("/actuator/env").GET()).status()).isEqualTo(401);
        assertThat(ada.get("/actuator/prometheus").status()).isEqualTo(404);
    }

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.json().path("request_id").asText()).isEqualTo(reply.header("Request-Id"));
    }
}
