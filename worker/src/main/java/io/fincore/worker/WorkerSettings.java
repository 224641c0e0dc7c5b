package io.fincore.worker;

import io.fincore.workflows.client.PayloadKeys;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** All configuration of the worker, checked at start: every mistake is named at once. */
@Validated
@ConfigurationProperties("fincore")
record WorkerSettings(
        @Valid @NotNull Database database,
        @Valid @NotNull Temporal temporal,
        @Valid @DefaultValue Payloads payloads,
        @Valid @NotNull Bank bank,
        @Valid @NotNull Kyc kyc,
        @Valid @NotNull Notifier notifier,
        @Valid @NotNull Webhooks webhooks,
        @Valid @NotNull Review review,
        @Valid @NotNull Audit audit,
        @Valid @NotNull Holds holds,
        @Valid @NotNull BookCheck bookCheck,
        @Valid @NotNull Slots slots,
        @NotNull Duration shutdownPatience) {

    /**
     * The two pools of the process.
     *
     * @param poolSize for the sagas: at least as many as local activities and activities together, since each uses one connection at a
     *     time
     * @param backgroundPoolSize beside them, for relays, notifications and counts
     */
    record Database(
            @NotBlank String url,
            @NotBlank String user,
            @NotNull String password,
            @Min(1) @Max(500) int poolSize,
            @Min(1) @Max(100) int backgroundPoolSize) {}

    /** Not asked while a part is missing: that is a mistake of its own. */
    @AssertTrue(
            message =
                    "database.pool-size must be at least slots.local-activities + slots.activities: each of these uses"
                            + " a connection, and who gets none in 3 seconds has failed")
    boolean isPoolLargeEnough() {
        return database == null || slots == null || database.poolSize() >= slots.localActivities() + slots.activities();
    }

    /** @param target host:port of the Temporal frontend */
    record Temporal(@NotBlank String target, @NotBlank String namespace) {}

    /** @param keys that encrypt what Temporal keeps, as {@link PayloadKeys} has them: the first writes, all read */
    record Payloads(
            @NotEmpty(message = "must hold a key that what Temporal keeps is encrypted with") @DefaultValue
            List<String> keys) {

        Payloads {
            keys = List.copyOf(keys);
        }

        /** Asked of all keys together: a constraint of each would tell the key that breaks it to whoever reads the log. */
        @AssertTrue(message = "each of payloads.keys " + PayloadKeys.FORM_MEANING)
        boolean isEachOfTheForm() {
            return keys.stream().allMatch(key -> key.matches(PayloadKeys.FORM));
        }

        @AssertTrue(message = "payloads.keys must have different ids, and plain in the first place or not at all")
        boolean isRing() {
            return !isEachOfTheForm()
                    || keys.isEmpty()
                    || PayloadKeys.mistakes(keys).isEmpty();
        }

        PayloadKeys ring() {
            return PayloadKeys.of(keys);
        }

        @Override
        public String toString() {
            return "Payloads[" + keys.size() + " keys]";
        }
    }

    /** @param callsPerSecond the most that the whole fleet together asks of the bank; 0 for no limit */
    record Bank(
            @NotNull URI url,
            @NotNull Duration connectTimeout,
            @NotNull Duration readTimeout,
            @PositiveOrZero double callsPerSecond) {}

    record Kyc(
            @NotNull URI url,
            @NotNull Duration connectTimeout,
            @NotNull Duration readTimeout) {}

    /** @param readTimeout far below the minute after which a delivery counts as lost */
    record Notifier(
            @NotNull URI url,
            @NotNull Duration connectTimeout,
            @NotNull @DurationMax(seconds = 30) Duration readTimeout) {}

    /**
     * Calls to clients' endpoints.
     *
     * @param readTimeout of a whole call; the longest an endpoint can hold a slot with one
     * @param retries the pauses before the second attempt, the third and so on; after the last the delivery has failed
     * @param allowPrivateTargets whether endpoints may be on this machine or network, and without TLS
     */
    record Webhooks(
            @NotNull @DurationMin(millis = 1) Duration connectTimeout,
            @NotNull @DurationMax(seconds = 30) Duration readTimeout,
            @NotEmpty List<@NotNull @DurationMin(millis = 1) Duration> retries,
            boolean allowPrivateTargets) {

        Webhooks {
            retries = retries == null ? List.of() : List.copyOf(retries);
        }
    }

    /** How long a compliance case may take: until its people are reminded, until it is escalated, until it expires. */
    record Review(
            @NotNull Duration remindAfter,
            @NotNull Duration dueAfter,
            @NotNull Duration expireAfter) {}

    /** @param anchorEvery how often the head of the audit log is anchored, by the whole fleet together */
    record Audit(@NotNull @DurationMin(seconds = 1) Duration anchorEvery) {}
    /** @param expiryInterval how often it is looked whether a hold's deadline has passed */
    record Holds(@NotNull @DurationMin(millis = 1) Duration expiryInterval) {}
    /**
     * The check of the whole book.
     *
     * @param interval between two scheduled ones, over the whole fleet
     * @param statementTimeout the longest that one of its statements may take
     */
    record BookCheck(
            @NotNull @DurationMin(minutes = 1) Duration interval,
            @NotNull @DurationMin(seconds = 1) Duration statementTimeout) {}

    /** How much this process does at once, by kind of work. */
    record Slots(
            @Min(2) int workflowTasks,
            @Min(1) int localActivities,
            @Min(1) int activities,
            @Min(1) int bankCalls,
            @Min(1) int kycCalls,
            @Min(1) int webhookEndpoints,
            @Min(1) int workflowCache) {}
}
