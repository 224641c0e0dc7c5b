package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.fincore.providers.WebhookAnswer.Responded;
import io.fincore.providers.WebhookAnswer.Unanswered;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSenderTest {

    /** A busy machine takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");

    private final InMemoryDnsResolver names = new InMemoryDnsResolver();
    private final Listener listener = new Listener();

    @AfterEach
    void close() {
        listener.close();
    }

    /** Every form of an address of ours, on the port of a server that would answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[fe80::1]",
                "[fd00::1]",
                "[ff02::1]",
                "localhost",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "192.0.2.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.1",
                "user@127.0.0.1",
                "example.com@127.0.0.1",
                "example.com:443@127.0.0.1"
            })
    void connectsToNoAddressThatIsNotPublic(String host) {
        try (WebhookSender sender = new WebhookSender(settings(false), SystemDefaultDnsResolver.INSTANCE, () -> NOW)) {
            WebhookAnswer answer = sender.send(message("https://" + host + ":" + listener.port() + "/hook"));

            assertThat(answer).isInstanceOf(Unanswered.class);
        }
        assertThat(listener.accepted).hasValue(0);
    }

    /** Under a name that is fine when it is registered, and means us when it is called. */
    @Test
    void looksAtTheAddressWhenItConnects() throws IOException {
        names.add("hooks.example.com", InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("127.0.0.1"));
        names.add("metadata.example.com", InetAddress.ofLiteral("169.254.169.254"));
        try (WebhookSender sender = new WebhookSender(settings(false), names, () -> NOW)) {
            assertThat(sender.send(message("https://hooks.example.com:" + listener.port() + "/")))
                    .isEqualTo(new Unanswered("not sent: the address of hooks.example.com is not public"));
            assertThat(sender.send(message("https://metadata.example.com/latest/meta-data")))
                    .isEqualTo(new Unanswered("not sent: the address of metadata.example.com is not public"));
        }
        assertThat(listener.accepted).hasValue(0);
    }

    /** Under a name that is fine when it is looked up, and means us a moment later. The first address is public, and nobody's. */
    @Test
    void connectsToTheAddressThatItHasLookedAt() {
        AtomicInteger asked = new AtomicInteger();
        DnsResolver rebinding = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return new InetAddress[] {InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "3ffe::1" : "127.0.0.1")
                };
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        WebhookSettings hasty = new WebhookSettings(Duration.ofMillis(500), PATIENCE, false);
        try (WebhookSender sender = new WebhookSender(hasty, rebinding, () -> NOW)) {
            assertThat(sender.send(message("https://hooks.example.com:" + listener.port() + "/")))
                    .isInstanceOf(Unanswered.class)
                    .isNotEqualTo(new Unanswered("not sent: the address of hooks.example.com is not public"));
        }
        assertThat(asked).hasValue(1);
        assertThat(listener.accepted).hasValue(0);
    }

    /** The proof that the tests above could fail: the same listener, once private targets are allowed. */
    @Test
    void connectsAndSignsWhereItMay() throws Exception {
        names.add("hooks.example.com", InetAddress.ofLiteral("127.0.0.1"));
        listener.answers = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        try (WebhookSender sender = new WebhookSender(settings(true), names, Instant::now)) {
            WebhookAnswer answer = sender.send(message("http://hooks.example.com:" + listener.port() + "/hook?a=b"));

            assertThat(answer).isEqualTo(new Responded(200, "ok", null));
        }
        assertThat(listener.accepted).hasValue(1);
        String request = listener.request;
        assertThat(request).startsWith("POST /hook?a=b HTTP/1.1\r\n");
        assertThat(request.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("accept-encoding", "cookie", "authorization", "upgrade")
                .contains("user-agent: fincore-webhooks/1");
        Map<String, List<String>> headers = Map.of(
                "webhook-id", List.of(header(request, "webhook-id")),
                "webhook-timestamp", List.of(header(request, "webhook-timestamp")),
                "webhook-signature", List.of(header(request, "webhook-signature")));
        for (String secret : List.of(SECRET, OLD_SECRET)) {
            new Webhook(secret).verify("{\"id\":\"evt_1\",\"name\":\"Zoë\"}", headers);
        }
    }

    @Test
    void wantsTlsUnlessPrivateTargetsAreAllowed() {
        try (WebhookSender sender = new WebhookSender(settings(false), names, () -> NOW)) {
            assertThat(sender.send(message("http://hooks.example.com/")))
                    .isEqualTo(new Unanswered("not sent: the URL is not https"));
            assertThat(sender.send(message("ftp://hooks.example.com/")))
                    .isEqualTo(new Unanswered("not sent: the URL is not http or https"));
            assertThat(sender.send(message("https://nobody.example.com/")))
                    .isEqualTo(new Unanswered("the host is not known"));
        }
    }

    @Test
    void readsTheBeginOfAnAnswerWithoutEnd() {
        listener.answers = "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n";
        listener.thenForEver = "5\r\nab\ncd\r\n";
        try (WebhookSender sender = new WebhookSender(settings(true))) {
            WebhookAnswer answer = sender.send(message("http://127.0.0.1:" + listener.port() + "/"));

            assertThat(answer).isEqualTo(new Responded(500, "ab cd".repeat(103).substring(0, 512), null));
        }
    }

    /** Each byte comes in time, all of them together do not. */
    @Test
    void givesUpOnAnAnswerThatDripsIn() {
        listener.answers = "HTTP/1.1 200 OK\r\n";
        listener.thenForEver = "x";
        listener.pauseMillis = 50;
        WebhookSettings hasty = new WebhookSettings(Duration.ofMillis(500), Duration.ofMillis(700), true);
        try (WebhookSender sender = new WebhookSender(hasty)) {
            assertThat(sender.send(message("http://127.0.0.1:" + listener.port() + "/")))
                    .isEqualTo(new Unanswered("no answer within 700 ms"));
        }
    }

    /** A line of the header, the header itself, the size of a chunk, and what comes after the last chunk. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 200 OK~X-Long:                              | x
            HTTP/1.1 200 OK~X-Folded: a~                         | ' b~'
            HTTP/1.1 200 OK~                                     | X-Many: a~
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~         | 0
            HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0~       | X-Many: a~
            """)
    void endsAnAttemptWhoseAnswerHasAHeaderWithoutEnd(String begin, String more) {
        listener.answers = begin.replace("~", "\r\n");
        listener.thenForEver = more.replace("~", "\r\n").repeat(100);
        try (WebhookSender sender = new WebhookSender(settings(true))) {
            assertThat(sender.send(message("http://127.0.0.1:" + listener.port() + "/")))
                    .isEqualTo(new Unanswered("the answer has a line or a header that is too long"));
        }
    }

    /** Each within its limit. */
    @Test
    void readsAnAnswerWithALongHeader() {
        listener.answers = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
                + ("X-Long: " + "x".repeat(8_000) + "\r\n").repeat(98) + "\r\n";
        try (WebhookSender sender = new WebhookSender(settings(true))) {
            assertThat(sender.send(message("http://127.0.0.1:" + listener.port() + "/")))
                    .isEqualTo(new Responded(200, null, null));
        }
    }

    @Test
    void followsNoRedirect() {
        listener.answers = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + listener.port()
                + "/elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (WebhookSender sender = new WebhookSender(settings(true))) {
            WebhookAnswer answer = sender.send(message("http://127.0.0.1:" + listener.port() + "/"));

            assertThat(answer).isEqualTo(new Responded(302, null, null));
            assertThat(((Responded) answer).isSuccess()).isFalse();
        }
        assertThat(listener.accepted).hasValue(1);
    }

    /** Seconds or a date, in any of the forms that HTTP has had. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429 | 120                                | PT2M
            503 | 86400                              | PT24H
            503 | 999999999999999999                 | PT277777777777777H46M39S
            429 | Sun, 22 Nov 2026 05:10:00 GMT      | PT10M
            429 | Sunday, 22-Nov-26 05:10:00 GMT     | PT10M
            429 | Sun Nov 22 05:10:00 2026           | PT10M
            429 | Wed Dec  2 05:00:00 2026           | PT240H
            429 | Sat, 21 Nov 2026 05:10:00 GMT      | PT0S
            429 | 0                                  | PT0S
            429 | soon                               |
            429 | -5                                 |
            500 | 120                                |
            302 | 120                                |
            """)
    void tellsHowLongItIsAskedToWait(int status, String header, @Nullable Duration wait) {
        listener.answers = "HTTP/1.1 " + status + " Busy\r\nRetry-After: " + header + "\r\nContent-Length: 0\r\n\r\n";
        try (WebhookSender sender = new WebhookSender(settings(true), SystemDefaultDnsResolver.INSTANCE, () -> NOW)) {
            assertThat(sender.send(message("http://127.0.0.1:" + listener.port() + "/")))
                    .isEqualTo(new Responded(status, null, wait));
        }
    }

    private static WebhookSettings settings(boolean allowPrivateTargets) {
        return new WebhookSettings(PATIENCE.dividedBy(2), PATIENCE, allowPrivateTargets);
    }

    private static WebhookMessage message(String url) {
        return new WebhookMessage(url, "evt_1", "{\"id\":\"evt_1\",\"name\":\"Zoë\"}", List.of(SECRET, OLD_SECRET));
    }

    private static String header(String request, String name) {
        return request.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 2);
    }

    /** Counts who connects, over IPv4 and IPv6, and writes what it was told whatever is asked. */
    private static final class Listener implements AutoCloseable {

        final AtomicInteger accepted = new AtomicInteger();
        volatile String answers = "";
        volatile String thenForEver = "";
        volatile long pauseMillis;
        volatile String request = "";
        private final ServerSocket server;

        Listener() {
            try {
                server = new ServerSocket(0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return server.getLocalPort();
        }

        private void serve() {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    accepted.incrementAndGet();
                    Thread.ofVirtual().start(() -> talk(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void talk(Socket socket) {
            try (socket) {
                byte[] buffer = new byte[16_384];
                StringBuilder read = new StringBuilder();
                while (!read.toString().contains("\"evt_1\",")) {
                    int count = socket.getInputStream().read(buffer);
                    if (count < 0) {
                        return;
                    }
                    read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                }
                request = read.toString();
                OutputStream out = socket.getOutputStream();
                out.write(answers.getBytes(StandardCharsets.UTF_8));
                while (!thenForEver.isEmpty()) {
                    out.write(thenForEver.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    Thread.sleep(pauseMillis);
                }
            } catch (IOException gone) {
                // The sender has had enough.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
