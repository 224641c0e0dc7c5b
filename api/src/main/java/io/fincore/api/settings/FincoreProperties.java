package io.fincore.api.settings;

import io.fincore.workflows.client.PayloadKeys;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** The settings under {@code fincore.} (environment: {@code FINCORE_…}); the defaults fit the platform on one machine. */
@Validated
@ConfigurationProperties("fincore")
public record FincoreProperties(
        @Valid @DefaultValue Database database,
        @Valid @DefaultValue Temporal temporal,
        @Valid @DefaultValue Payloads payloads,
        @Valid @DefaultValue Security security,
        @Valid @DefaultValue Transfers transfers,
        @Valid @DefaultValue Payments payments,
        @Valid @DefaultValue Refunds refunds,
        @Valid @DefaultValue Activations activations,
        @Valid @DefaultValue Kyc kyc,
        @Valid @DefaultValue Inbound inbound,
        @Valid @DefaultValue Webhooks webhooks,
        @Valid @DefaultValue Http http,
        @Valid @DefaultValue Limits limits) {

    static final String WEBHOOK_SECRET = "whsec_[A-Za-z0-9+/]{32,}={0,2}";
    static final String WEBHOOK_SECRET_FORM = "must be whsec_ and 24 bytes or more in base64";

    /**
     * The business database, as the API's own role.
     *
     * @param password empty if the server asks for none
     * @param poolSize connections of this process for what is written and what depends on it; virtual threads wait for one up to
     *     {@code acquireTimeout}
     * @param socketTimeout when a silent server is given up; the driver's own default is never. Statements end a tenth earlier
     * @param leakAfter a connection held longer is logged with the place that took it
     */
    public record Database(
            @DefaultValue("jdbc:postgresql://127.0.0.1:5433/fincore") @Pattern(regexp = "jdbc:postgresql://.+")
            String url,

            @DefaultValue("fincore_api") @NotBlank String user,
            @DefaultValue("") String password,
            @DefaultValue("20") @Min(1) @Max(200) int poolSize,

            @DefaultValue("5s") @NotNull @DurationMin(millis = 250)
            Duration acquireTimeout,

            @DefaultValue("30s") @NotNull @DurationMin(seconds = 1)
            Duration socketTimeout,

            @DefaultValue("10s") @NotNull @DurationMin(seconds = 2)
            Duration leakAfter,

            @Valid @DefaultValue Reads reads) {

        @Override
        public String toString() {
            return "Database[url=" + url + ", user=" + user + "]";
        }
    }

    /**
     * The pool of lists and statements, whose connections cannot write.
     *
     * @param url of a replica, which may be behind; empty for the primary
     * @param poolSize connections beside those of {@link Database}
     * @param socketTimeout longer than for writes: a client that reads a statement slowly is waited for as long between two portions
     */
    public record Reads(
            @DefaultValue("")
            @Pattern(regexp = "(jdbc:postgresql://.+)?", message = "must be empty, or begin with jdbc:postgresql://")
            String url,

            @DefaultValue("10") @Min(1) @Max(200) int poolSize,

            @DefaultValue("2m") @NotNull @DurationMin(seconds = 1)
            Duration socketTimeout) {}

    /**
     * @param target host and port of Temporal's frontend
     */
    public record Temporal(
            @DefaultValue("127.0.0.1:7233") @Pattern(regexp = ".+:[0-9]{1,5}", message = "must be host:port")
            String target,

            @DefaultValue("default") @NotBlank String namespace) {}

    /**
     * What Temporal keeps is encrypted.
     *
     * @param keys as {@link PayloadKeys} has them: the first writes, all read
     * @param webUi origins of Temporal's Web UI, whose pages may have payloads decoded for people who are signed in here
     */
    public record Payloads(
            @NotEmpty(message = "must hold a key that what Temporal keeps is encrypted with") @DefaultValue
            List<@Pattern(regexp = PayloadKeys.FORM, message = PayloadKeys.FORM_MEANING) String> keys,

            @NotNull @DefaultValue("http://localhost:8233")
            List<@Pattern(regexp = "https?://[^/*]+", message = "must be scheme://host:port") String> webUi) {

        public Payloads {
            keys = List.copyOf(keys);
            webUi = List.copyOf(webUi);
        }

        /** What the form of each entry does not show. */
        @AssertTrue(message = "keys must have different ids, and plain in the first place or not at all")
        boolean isRing() {
            return keys.isEmpty()
                    || !keys.stream().allMatch(key -> key.matches(PayloadKeys.FORM))
                    || PayloadKeys.mistakes(keys).isEmpty();
        }

        public PayloadKeys ring() {
            return PayloadKeys.of(keys);
        }

        @Override
        public String toString() {
            return "Payloads[" + keys.size() + " keys]";
        }
    }

    /**
     * Whose tokens are accepted.
     *
     * @param issuer the {@code iss} claim; its keys are found by discovery, when the first token comes
     * @param audience must be among the {@code aud} claim
     */
    public record Security(
            @DefaultValue("http://127.0.0.1:8083/fincore") @NotNull
            URI issuer,

            @DefaultValue("fincore-api") @NotBlank String audience) {}

    /**
     * @param patience how long a transfer waits to be made together with others, and how long those wait for a wallet that somebody has
     *     locked; after that each is made alone
     */
    public record Transfers(
            @DefaultValue("250ms") @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 30)
            Duration patience) {}

    /**
     * @param deadline from the order on: a payment that the bank has not been asked for by then fails
     * @param acceptanceTimeout how long a request, for a refund or an activation too, waits for the first steps before it answers
     *     {@code pending}
     */
    public record Payments(
            @DefaultValue("1h") @NotNull @DurationMin(seconds = 10)
            Duration deadline,

            @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 20)
            Duration acceptanceTimeout) {}

    /**
     * @param deadline from the order on: a refund that the bank has not been asked for by then fails
     */
    public record Refunds(
            @DefaultValue("1h") @NotNull @DurationMin(seconds = 10)
            Duration deadline) {}

    /**
     * @param deadline from the order on: an activation for which no decision has come by then fails
     */
    public record Activations(
            @DefaultValue("7d") @NotNull @DurationMin(seconds = 10)
            Duration deadline) {}

    /**
     * @param webhookSecret Standard Webhooks secrets, {@code whsec_} and base64; more than one while they are rotated
     */
    public record Kyc(
            @NotEmpty(message = "must hold the secret that the KYC provider signs its callbacks with") @DefaultValue
            List<@Pattern(regexp = WEBHOOK_SECRET, message = WEBHOOK_SECRET_FORM) String> webhookSecret) {

        public Kyc {
            webhookSecret = List.copyOf(webhookSecret);
        }

        @Override
        public String toString() {
            return "Kyc[" + webhookSecret.size() + " secrets]";
        }
    }

    /**
     * @param pollInterval how often a replica looks for callbacks that another one took in
     */
    public record Inbound(
            @Valid @DefaultValue Bank bank,

            @DefaultValue("1s") @NotNull @DurationMin(millis = 50)
            Duration pollInterval) {

        /**
         * @param secret Standard Webhooks secrets, {@code whsec_} and base64; more than one while they are rotated
         */
        public record Bank(
                @NotEmpty(message = "must hold the secret that the bank signs its callbacks with") @DefaultValue
                List<@Pattern(regexp = WEBHOOK_SECRET, message = WEBHOOK_SECRET_FORM) String> secret) {

            public Bank {
                secret = List.copyOf(secret);
            }

            @Override
            public String toString() {
                return "Bank[" + secret.size() + " secrets]";
            }
        }
    }

    /**
     * What clients may register. Where an endpoint is, the worker looks at when it calls it.
     *
     * @param allowInsecureUrls whether an endpoint may be without TLS: in development only
     */
    public record Webhooks(
            @DefaultValue("20") @Min(1) @Max(1000) int endpointsPerPrincipal,
            @DefaultValue("false") boolean allowInsecureUrls) {}

    /**
     * @param maxBodyBytes a longer request body is refused with 413
     */
    public record Http(
            @DefaultValue("1048576") @Min(1024) @Max(10485760)
            int maxBodyBytes) {}

    /**
     * What is taken of one client, so that the others are served: 429 beyond a rate, 503 when this process has too much to do. A rate of 0
     * is no limit; its burst is how many may come at once after a pause.
     *
     * @param principalPerSecond requests of one principal, over all replicas
     * @param walletPerSecond of these, orders from one wallet: payments, transfers, withdrawals
     * @param sensitivePerSecond of these, requests to routes that few need and nobody shall try out
     * @param failedTokensPerSecond tokens that are not valid, from one address; each process counts its own
     * @param concurrent requests of clients that this process works on at the same time; 0 for any number
     * @param principalConcurrent of these, requests of one principal; 0 for any number
     * @param queued further ones that wait for their turn
     * @param patience how long they wait at most
     * @param bodyTimeout how long a request's body may take to come, all waiting for its parts together
     * @param callbacks of providers that this process works on at the same time, beside clients' requests; 0 for any number
     */
    public record Limits(
            @DefaultValue("1000") @Min(0) @Max(1_000_000) int principalPerSecond,
            @DefaultValue("2000") @Min(1) @Max(1_000_000) int principalBurst,
            @DefaultValue("100") @Min(0) @Max(1_000_000) int walletPerSecond,
            @DefaultValue("200") @Min(1) @Max(1_000_000) int walletBurst,
            @DefaultValue("20") @Min(0) @Max(1_000_000) int sensitivePerSecond,
            @DefaultValue("100") @Min(1) @Max(1_000_000) int sensitiveBurst,
            @DefaultValue("10") @Min(0) @Max(1_000_000) int failedTokensPerSecond,
            @DefaultValue("100") @Min(1) @Max(1_000_000) int failedTokensBurst,
            @DefaultValue("400") @Min(0) @Max(100_000) int concurrent,
            @DefaultValue("100") @Min(0) @Max(100_000) int principalConcurrent,
            @DefaultValue("400") @Min(0) @Max(100_000) int queued,

            @DefaultValue("250ms") @NotNull @DurationMax(seconds = 5)
            Duration patience,

            @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5)
            Duration bodyTimeout,

            @DefaultValue("100") @Min(0) @Max(100_000) int callbacks) {}
}
