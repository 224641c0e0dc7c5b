package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Every answer, a problem above all, says that nobody shall store, guess or frame it; what is too large for us is a problem too. */
class SafeAnswersTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void whatIsSomebodysBelongsIntoNobodysCache() {
        String wallet = ada.newWallet("EUR", 100);
        Stream.of(
                        ada.get("/v1/wallets/" + wallet + "/balance"),
                        ada.order("/v1/payments", Api.paymentBody(wallet, 1, "ACME")),
                        ada.get("/v1/wallets/" + IdType.WALLET.next()),
                        ada.get("/v1/nothing"),
                        ada.withScopes("").get("/v1/payments"),
                        api.send(api.request("/v1/payments").GET()),
                        ada.post("/v1/customers", "x".repeat(1_100_000)),
                        ada.get("/v1/payments;x=1"))
                .forEach(reply -> {
                    assertThat(reply.header("Cache-Control")).as(reply.text()).isEqualTo("no-store");
                    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
                    assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
                    assertThat(reply.header("Content-Security-Policy"))
                            .isEqualTo("default-src 'none'; frame-ancestors 'none'");
                });
    }

    /** Which would be left out if it were forbidden too early. */
    @Test
    void anEtagIsToldAllTheSame() {
        Reply first = ada.get("/v1/wallets/" + ada.newWallet("EUR", 100) + "/balance");

        assertThat(first.header("ETag")).isNotEmpty();
    }

    @Test
    void nobodyFramesThePage() {
        String page = api.send(api.request("/openapi/ui").GET()).header("Location");
        Reply reply = api.send(api.request(page).GET());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Security-Policy"))
                .startsWith("default-src 'self';")
                .endsWith("frame-ancestors 'none'");
        // What it would not allow.
        assertThat(reply.text().replaceAll("(?s)<script src=.*?</script>", "")).doesNotContain("<script");
    }

    @Test
    void longHeadersAreAProblem() throws IOException {
        String answer = raw("GET /v1/payments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: "
                + "x".repeat(17 * 1024) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"malformed_request\"");
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("content-type: application/problem+json", "request-id: req_")
                .contains("cache-control: no-store", "x-content-type-options: nosniff");
    }

    @Test
    void aTokenOfManyKilobytesIsRead() {
        Reply reply = api.send(api.request("/v1/payments")
                .header("Authorization", "Bearer " + Tokens.of(ada).with("groups", "x".repeat(9 * 1024)))
                .GET());

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void deepNamesAndNumbersAreLimited() {
        ObjectMapper json = api.context().getBean(ObjectMapper.class);

        Assertions.assertThatCode(() -> json.readTree("[".repeat(64) + "]".repeat(64)))
                .doesNotThrowAnyException();
        Stream.of("[".repeat(65) + "]".repeat(65), "9".repeat(101), "{\"" + "n".repeat(1_001) + "\":1}")
                .forEach(text -> Assertions.assertThatThrownBy(() -> json.readTree(text))
                        .isInstanceOf(com.fasterxml.jackson.core.exc.StreamConstraintsException.class));
    }

    @Test
    void whatIsTooDeepIsAProblem() {
        Reply deep = ada.order("/v1/customers", "[".repeat(100_000));
        Reply number = ada.order("/v1/customers", "{\"name\":" + "9".repeat(100_000) + "}");
        Reply name = ada.order("/v1/customers", "{\"" + "n".repeat(100_000) + "\":1}");

        assertThat(deep.status()).isEqualTo(400);
        assertThat(deep.code()).isEqualTo("malformed_request");
        assertThat(number.status()).isEqualTo(400);
        assertThat(number.json().path("request_id").asText()).startsWith("req_");
        assertThat(name.status()).isEqualTo(400);
        assertThat(name.text()).hasSizeLessThan(1_000);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port("local.server.port"))) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
