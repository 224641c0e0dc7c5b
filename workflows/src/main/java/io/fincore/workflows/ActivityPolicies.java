package io.fincore.workflows;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * Every timeout and retry of the sagas. No policy has a limit of attempts: the activity itself says, by the kind of fault, what
 * must not be repeated ({@link FailureType}).
 */
public final class ActivityPolicies {

    /**
     * How long we wait for the bank's callback after it accepted before we ask, at first. A SEPA instant payment is answered
     * within ten seconds (EPC SCT Inst rulebook, maximum execution time).
     */
    public static final Duration CALLBACK_PATIENCE = Duration.ofSeconds(10);

    /** The longest pause between two inquiries before the deadline. */
    public static final Duration INQUIRY_PAUSE_MAXIMUM = Duration.ofMinutes(10);

    /**
     * Between two inquiries that found nothing. Longer than a call to the bank may take in all, so that an order on its way has
     * arrived or will never arrive.
     */
    public static final Duration NOT_KNOWN_PAUSE = Duration.ofSeconds(20);

    /** How often the bank must say that it knows nothing before the order is sent again. */
    public static final int NOT_KNOWN_BEFORE_RESEND = 2;

    /** After so many calls of which the bank knew nothing afterwards, a person is called. */
    public static final int CALLS_BEFORE_A_PERSON = 3;

    /** How long a late answer of the bank is waited for, to be compared, once a callback has decided. */
    public static final Duration LATE_ANSWER_PATIENCE = Duration.ofSeconds(15);

    /** A saga that needs a person tries again by itself after this, in case the cause is gone. */
    public static final Duration MANUAL_INTERVENTION_PAUSE = Duration.ofHours(1);

    /** How long an operator's order waits for a saga that needs nobody, before it is refused. */
    public static final Duration COMING_TO_REST = Duration.ofSeconds(5);

    /** How long we wait for the callback of a provider that has not decided about a customer at once, at first. */
    public static final Duration KYC_PATIENCE = Duration.ofSeconds(30);

    /** What a check of the book may take in all, its repetitions included; the next scheduled one tries again. */
    public static final Duration BOOK_CHECK_PATIENCE = Duration.ofHours(2);

    /** How soon an erasure that had to wait is tried again, at first. */
    public static final Duration ERASURE_FIRST_PAUSE = Duration.ofMinutes(1);

    /** How soon an erasure that had to wait is tried again, after a while. */
    public static final Duration ERASURE_LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration INTERNAL_STEP = Duration.ofSeconds(10);
    private static final Duration PROVIDER_CALL = Duration.ofSeconds(15);

    private ActivityPolicies() {}

    /** A step inside our own database, without a round trip to Temporal; what takes longer goes on as a regular activity. */
    public static LocalActivityOptions local(String summary) {
        return LocalActivityOptions.newBuilder()
                .setScheduleToCloseTimeout(Duration.ofSeconds(5))
                .setStartToCloseTimeout(Duration.ofSeconds(4))
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofMillis(100))
                        .setMaximumInterval(Duration.ofSeconds(1))
                        .build())
                .setSummary(summary)
                .build();
    }

    /** The same step as {@link #local}, to be done within the time given. */
    public static ActivityOptions regular(String summary, Duration within) {
        return regularBuilder(summary).setScheduleToCloseTimeout(within).build();
    }

    /** The same step as {@link #local}, repeated until it is done. */
    public static ActivityOptions regular(String summary) {
        return regularBuilder(summary).build();
    }

    private static ActivityOptions.Builder regularBuilder(String summary) {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(INTERNAL_STEP)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofMillis(500))
                        .setMaximumInterval(Duration.ofSeconds(15))
                        .build())
                .setSummary(summary);
    }

    /** A call to the bank: repeated while nothing leaves the house. */
    public static ActivityOptions bank(String summary) {
        return provider(TaskQueues.BANK, summary).build();
    }

    /** A call to the provider that checks customers, repeated until it answers or the time is over. */
    public static ActivityOptions kyc(String summary, Duration within) {
        return provider(TaskQueues.KYC, summary)
                .setScheduleToCloseTimeout(within)
                .build();
    }

    /** A check of the whole book. The heartbeat tells within half a minute that its worker is gone. */
    public static ActivityOptions bookCheck(String summary) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.CHECKS)
                .setHeartbeatTimeout(Duration.ofSeconds(30))
                .setStartToCloseTimeout(Duration.ofHours(1))
                .setScheduleToCloseTimeout(BOOK_CHECK_PATIENCE)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setMaximumInterval(Duration.ofMinutes(1))
                        .build())
                .setSummary(summary)
                .build();
    }

    /** Calls to one endpoint of a client; a drain ends by itself long before. */
    public static ActivityOptions webhook(String summary) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.WEBHOOKS)
                .setHeartbeatTimeout(Duration.ofSeconds(30))
                .setStartToCloseTimeout(Duration.ofMinutes(2))
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setMaximumInterval(Duration.ofMinutes(1))
                        .build())
                .setSummary(summary)
                .build();
    }

    private static ActivityOptions.Builder provider(String queue, String summary) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(queue)
                .setStartToCloseTimeout(PROVIDER_CALL)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setMaximumInterval(Duration.ofSeconds(30))
                        .build())
                .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                .setSummary(summary);
    }
}
