package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.workflows.client.PayloadKeys;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

class CodecServerTest {

    private static final String DECODE = "/v1/admin/codec/decode";
    private static final String SIGN_IN = "/v1/admin/codec/sign-in";
    private static final String WEB_UI = "http://localhost:8233";
    private static final String CANARY = "Ada Lovelace";
    private static final Payload PLAIN = Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8("\"" + CANARY + "\""))
            .build();

    private final Api api = Platform.sharedApi();
    private final Logger log = (Logger) LoggerFactory.getLogger("io.fincore.api.codec.DecodeController");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    @Test
    void decodesForWhoMayAndLogsWhoButNotWhat() throws Exception {
        Reply reply = reader("listed").post(DECODE, encrypted(Platform.PAYLOAD_KEY, 2), "X-Namespace", "default");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        Payloads.Builder decoded = Payloads.newBuilder();
        JsonFormat.parser().merge(reply.text(), decoded);
        assertThat(decoded.getPayloadsList()).containsExactly(PLAIN, PLAIN);
        assertThat(reader("dora")
                        .post(DECODE, encrypted(Platform.PAYLOAD_KEY, 1), "X-Namespace", "")
                        .status())
                .as("as the command line sends its default namespace")
                .isEqualTo(200);
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage).filter(line -> line.contains("listed")))
                .containsExactly(
                        "listed of tenant acme had 2 payloads decoded in namespace default, of [payment/pay_1]");
    }

    @Test
    void decodesNothingWithoutATokenThatAllowsIt() throws Exception {
        String body = encrypted(Platform.PAYLOAD_KEY, 1);

        Reply nobody = api.send(post(DECODE, "application/json", body));
        Reply admin = api.user("oscar").post(DECODE, body);
        Reply forged = api.send(post(DECODE, "application/json", body).header("Cookie", "fincore-codec=abc.def.ghi"));

        assertThat(List.of(nobody.status(), admin.status(), forged.status())).containsExactly(401, 403, 401);
        assertThat(nobody.code()).isEqualTo("unauthenticated");
        assertThat(List.of(nobody.text(), admin.text(), forged.text())).noneMatch(text -> text.contains("payloads\""));
    }

    @Test
    void aTokenBecomesACookieThatTheWebUiMaySend() throws Exception {
        assertThat(api.send(api.request(SIGN_IN).GET()).text()).contains("<form method=\"post\"");

        Reply signedIn = signIn(api.token("acme", "dora", "payloads:decode", List.of()));

        assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
        String cookie = signedIn.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/v1/admin/codec", "Max-Age=");
        Reply decoded = api.send(post(DECODE, "application/json", encrypted(Platform.PAYLOAD_KEY, 1))
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .header("Origin", WEB_UI));
        assertThat(decoded.status()).as(decoded.text()).isEqualTo(200);
        assertThat(decoded.header("Access-Control-Allow-Origin")).isEqualTo(WEB_UI);
        assertThat(decoded.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(api.send(api.request("/v1/admin/sagas")
                                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                                .GET())
                        .status())
                .as("the cookie opens nothing else")
                .isEqualTo(401);
    }

    /** The issuer has other keys by now, or the API another audience: the browser keeps the cookie until its token would have expired. */
    @Test
    void aCookieThatIsNoGoodAnyMoreKeepsNobodyFromSigningIn() {
        String token = api.token("acme", "dora", "payloads:decode", List.of());
        String stale = "fincore-codec=" + token.substring(0, token.lastIndexOf('.')) + ".c3RhbGU";

        Reply form = api.send(api.request(SIGN_IN).header("Cookie", stale).GET());
        Reply signedIn = api.send(post(SIGN_IN, "application/x-www-form-urlencoded", "token=" + token)
                .header("Cookie", stale));

        assertThat(form.status()).as(form.text()).isEqualTo(200);
        assertThat(form.text()).contains("<form method=\"post\"");
        assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
        assertThat(signedIn.header("Set-Cookie")).startsWith("fincore-codec=" + token + ";");
        assertThat(api.send(post(DECODE, "application/json", "{\"payloads\":[]}")
                                .header("Cookie", stale))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void makesNoCookieOfATokenThatMayNot() {
        assertThat(signIn(api.token("acme", "oscar", Api.ALL_SCOPES, List.of())).status())
                .isEqualTo(403);
        assertThat(signIn("abc.def.ghi").status()).isEqualTo(401);
        assertThat(signIn("abc.def.ghi").header("Set-Cookie")).isEmpty();
    }

    @Test
    void readsOfAFormNoMoreThanATokenCanHave() {
        String type = "application/x-www-form-urlencoded";
        Reply tooLong = api.send(post(SIGN_IN, type, "token=" + "x".repeat(16 * 1024)));
        Reply none = api.send(post(SIGN_IN, type, "name=x"));
        Reply broken = api.send(post(SIGN_IN, type, "token=%zz"));

        assertThat(tooLong.code()).isEqualTo("body_too_large");
        assertThat(none.code()).isEqualTo("invalid_parameter");
        assertThat(broken.code()).isEqualTo("malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9999", "https://evil.example", "null"})
    void answersNoPageOfAnotherOrigin(String origin) throws Exception {
        Reply reply = api.send(reader("dora")
                .request(DECODE)
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(encrypted(Platform.PAYLOAD_KEY, 1))));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo("origin_not_allowed");
        assertThat(reply.json().path("request_id").asText()).isEqualTo(reply.header("Request-Id"));
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @Test
    void refusesEachOtherPreflightByAProblem() {
        Reply foreign = preflight(api.request(DECODE), "https://evil.example", "POST");
        Reply method = preflight(api.request(DECODE), WEB_UI, "GET");
        Reply stranger = preflight(api.request("/v1/payments"), WEB_UI, "POST");
        Reply client = preflight(reader("dora").request("/v1/payments"), WEB_UI, "POST");
        Reply page = preflight(api.request("/openapi.yaml"), WEB_UI, "GET");

        assertThat(List.of(foreign, method, stranger, client, page)).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.text()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("origin_not_allowed");
            assertThat(reply.header("Access-Control-Allow-Methods")).isEmpty();
        });
    }

    private Reply preflight(HttpRequest.Builder request, String origin, String method) {
        return api.send(request.header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    @Test
    void answersTheWebUisPreflight() {
        Reply reply = api.send(api.request(DECODE)
                .header("Origin", WEB_UI)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,x-namespace")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(WEB_UI);
        assertThat(reply.header("Access-Control-Allow-Methods")).isEqualTo("POST");
    }

    @Test
    void refusesWhatItCannotDecode() throws Exception {
        String another = PayloadKeys.newEntry("gone");

        Reply unknownKey = reader("dora").post(DECODE, encrypted(another, 1));
        Reply otherNamespace = reader("dora").post(DECODE, encrypted(another, 1), "X-Namespace", "other");
        Reply malformed = reader("dora").post(DECODE, "{\"payloads\": 7}");
        Reply tooMany = reader("dora").post(DECODE, encrypted(Platform.PAYLOAD_KEY, 1_001));

        assertThat(List.of(otherNamespace.status(), malformed.status(), tooMany.status()))
                .containsOnly(400);
        assertThat(unknownKey.status()).isEqualTo(503);
        assertThat(unknownKey.code()).isEqualTo("payload_key_missing");
        assertThat(unknownKey.header("Retry-After")).isEqualTo("2");
        assertThat(unknownKey.json().path("detail").asText())
                .isEqualTo(
                        "a payload is encrypted with the key gone, and the keys here are [test]: add it to FINCORE_PAYLOADS_KEYS");
        assertThat(unknownKey.text()).doesNotContain(another.substring("gone:".length()));
    }

    @Test
    void saysNoMoreOfAKeyThanItsIdAndNothingOfWhatIsNone() throws Exception {
        String sameId = PayloadKeys.newEntry("test");
        String noId = encrypted(sameId, 1).replace(base64("test"), base64("<script>" + "x".repeat(100)));

        Reply changed = reader("dora").post(DECODE, encrypted(sameId, 1));
        Reply nonsense = reader("dora").post(DECODE, noId);

        assertThat(changed.status()).isEqualTo(400);
        assertThat(changed.json().path("detail").asText()).contains("its key is another here");
        assertThat(nonsense.status()).isEqualTo(503);
        assertThat(nonsense.json().path("detail").asText()).contains("the key (none that could be one),");
    }

    @Test
    void tellsWhoHasTooMuchDecodedToWait() throws Exception {
        String thousand = encrypted(Platform.PAYLOAD_KEY, 1_000);
        User copier = reader("copier");
        double refusedBefore = refusedDecoding();
        Reply reply = copier.post(DECODE, thousand);
        for (int i = 1; i < 100 && reply.status() == 200; i++) {
            reply = copier.post(DECODE, thousand);
        }

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("rate_limited");
        assertThat(refusedDecoding()).isEqualTo(refusedBefore + 1);
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 20);
        assertThat(reply.header("RateLimit-Policy"))
                .isEqualTo("\"principal\";q=1000;w=1;fincore-burst=2000, \"decoding\";q=50;w=1;fincore-burst=5000");
        assertThat(reply.header("RateLimit"))
                .matches("\"principal\";r=[0-9]+;t=1, \"decoding\";r=[0-9]{1,3};t=" + reply.header("Retry-After"));
        assertThat(reader("dora")
                        .post(DECODE, encrypted(Platform.PAYLOAD_KEY, 1))
                        .status())
                .isEqualTo(200);
    }

    private double refusedDecoding() {
        return api.metric("fincore_limits_refused_total{limit=\"decoding\"}");
    }

    /** A page of the Web UI asks more often than people may try out what is sensitive, but not without end. */
    @Test
    void takesEachQuestionFromThePrincipalsLimit() {
        String nothing = "{\"payloads\":[]}";
        try (ConfigurableApplicationContext context = Platform.shared()
                .startApi(
                        "fincore.limits.principal-per-second", "1",
                        "fincore.limits.principal-burst", "20",
                        "fincore.limits.sensitive-per-second", "1",
                        "fincore.limits.sensitive-burst", "2")) {
            Api strict = new Api(Platform.shared(), context);
            User dora = strict.user("dora-" + IdType.REQUEST.next()).withScopes("payloads:decode");

            List<Reply> replies = new ArrayList<>();
            do {
                replies.add(dora.post(DECODE, nothing));
            } while (replies.getLast().status() == 200 && replies.size() < 500);

            assertThat(replies).hasSizeGreaterThan(20);
            Reply refused = replies.getLast();
            assertThat(refused.status()).as(refused.text()).isEqualTo(429);
            assertThat(refused.json().path("detail").asText()).contains("'principal'");
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"principal\";q=1;w=1;fincore-burst=20");
            assertThat(strict.user("dirk")
                            .withScopes("payloads:decode")
                            .post(DECODE, nothing)
                            .status())
                    .as("somebody else")
                    .isEqualTo(200);
        }
    }

    private User reader(String principal) {
        return api.user(principal).withScopes("payloads:decode");
    }

    private Reply signIn(String token) {
        return api.send(post(
                SIGN_IN,
                "application/x-www-form-urlencoded",
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder post(String path, String type, String body) {
        return api.request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encrypted(String key, int count) throws Exception {
        List<Payload> encoded = io.fincore.workflows.client.Payloads.codec(PayloadKeys.of(List.of(key)))
                .withContext(new WorkflowSerializationContext("default", "payment/pay_1"))
                .encode(Collections.nCopies(count, PLAIN));
        return JsonFormat.printer().print(Payloads.newBuilder().addAllPayloads(encoded));
    }
}
