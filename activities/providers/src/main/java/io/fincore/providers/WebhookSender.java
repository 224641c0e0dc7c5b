package io.fincore.providers;

import io.fincore.providers.WebhookAnswer.Responded;
import io.fincore.providers.WebhookAnswer.Unanswered;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to clients' endpoints by the rules of Standard Webhooks. The address is the client's choice, so nothing is trusted: no
 * address that is not public (looked at when connecting), no proxy, no redirect, no cookie, no compression, and of the answer a header of
 * limited length and a few bytes within a limited time.
 *
 * <p>Thread-safe. Nothing is retried here.
 */
public final class WebhookSender implements AutoCloseable {

    private static final int EXCERPT_CHARACTERS = 512;

    /** In UTF-8 a character has up to four bytes. */
    private static final int EXCERPT_BYTES = 4 * EXCERPT_CHARACTERS;

    private static final int DETAIL_CHARACTERS = 200;

    /** The library has no limits of its own: a line without end would be kept until the heap is full. */
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();

    /** Never reached: whoever waits for an answer has a connection of their own, on whatever host. */
    private static final int CONNECTIONS = 10_000;

    /** Too many requests, and unavailable: what the header is defined for, and redirects, which are not followed. */
    private static final Set<Integer> ASK_TO_WAIT = Set.of(429, 503);

    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-deadline").factory());
    private final WebhookSettings settings;
    private final InstantSource clock;

    public WebhookSender(WebhookSettings settings) {
        this(settings, SystemDefaultDnsResolver.INSTANCE, InstantSource.system());
    }

    WebhookSender(WebhookSettings settings, DnsResolver addresses, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        Timeout read = Timeout.of(settings.readTimeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(LIMITS)
                                .build())
                        .setDnsResolver(new GuardedResolver(addresses, settings.allowPrivateTargets()))
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(read)
                                .setTimeToLive(TimeValue.ofMinutes(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(read)
                        .setConnectionKeepAlive(TimeValue.ofSeconds(20))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                .setUserAgent("FinCore-Webhooks/1")
                .evictExpiredConnections()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Signs the message as of now, and sends it. */
    public WebhookAnswer send(WebhookMessage message) {
        URI url;
        try {
            url = allowed(message.url());
        } catch (IllegalArgumentException refused) {
            return new Unanswered("not sent: " + refused.getMessage());
        }
        HttpPost request = new HttpPost(url);
        long timestamp = clock.instant().getEpochSecond();
        request.setHeader("webhook-id", message.id());
        request.setHeader("webhook-timestamp", Long.toString(timestamp));
        request.setHeader(
                "webhook-signature", WebhookSigner.sign(message.secrets(), message.id(), timestamp, message.body()));
        request.setEntity(new StringEntity(message.body(), ContentType.APPLICATION_JSON));
        // Socket timeouts begin anew with each byte: who answers one byte a second would be listened to for ever.
        Future<?> deadline =
                deadlines.schedule(request::cancel, settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return read(client.executeOpen(null, request, null));
        } catch (IOException failed) {
            return new Unanswered(
                    request.isCancelled()
                            ? "no answer within " + settings.readTimeout().toMillis() + " ms"
                            : describe(failed));
        } catch (RuntimeException unusable) {
            return new Unanswered("not sent: the URL cannot be called");
        } finally {
            deadline.cancel(false);
            // Instead of closing the response, which would read what is left, and that may have no end. A connection
            // whose answer
            // was read to its end is back in the pool by now, and stays there.
            request.cancel();
        }
    }

    /** Ends the connections. */
    @Override
    public void close() {
        deadlines.shutdownNow();
        try {
            client.close();
        } catch (IOException ignored) {
            // Whatever was open ends with the process.
        }
    }

    private URI allowed(String text) {
        URI url = URI.create(text);
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        if (!secure && !"http".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException("the URL is not http or https");
        }
        if (!secure && !settings.allowPrivateTargets()) {
            throw new IllegalArgumentException("the URL is not https");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the URL has no host of its own");
        }
        return url;
    }

    private WebhookAnswer read(ClassicHttpResponse response) throws IOException {
        HttpEntity body = response.getEntity();
        byte[] begin = body == null ? new byte[0] : body.getContent().readNBytes(EXCERPT_BYTES);
        return new Responded(response.getCode(), excerpt(begin), retryAfter(response));
    }

    private @Nullable Duration retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        return header == null || !ASK_TO_WAIT.contains(response.getCode())
                ? null
                : RetryAfter.parseUnbounded(header.getValue(), clock);
    }

    private static @Nullable String excerpt(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        new String(bytes, StandardCharsets.UTF_8)
                .codePoints()
                .map(point -> Character.isISOControl(point) || point == 0xFFFD ? ' ' : point)
                .limit(EXCERPT_CHARACTERS)
                .forEach(text::appendCodePoint);
        return text.isEmpty() ? null : text.toString().strip();
    }

    private static String describe(IOException failed) {
        String what = switch (failed) {
            case GuardedResolver.NotPublicException refused -> "not sent: " + refused.getMessage();
            case UnknownHostException unknown -> "the host is not known";
            case SocketTimeoutException timeout -> "no connection or no answer in time";
            case SSLException tls -> "TLS failed: " + tls.getMessage();
            case ConnectException refused -> "no connection";
            case MessageConstraintException tooLong -> "the answer has a line or a header that is too long";
            default -> "the connection broke: " + failed.getClass().getSimpleName();
        };
        return what.substring(0, Math.min(what.length(), DETAIL_CHARACTERS));
    }
}
