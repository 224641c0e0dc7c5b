package io.fincore.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Starts polling when Temporal is there, and on shutdown waits for what is running before the database goes away. Ready when it
 * polls and Temporal answers.
 */
final class Fleet implements SmartLifecycle, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final Duration RETRY_MINIMUM = Duration.ofMillis(250);
    private static final Duration RETRY_MAXIMUM = Duration.ofSeconds(5);

    private final WorkerSettings settings;
    private final WorkflowServiceStubs stubs;
    private final WorkerFactory factory;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean polling;

    Fleet(WorkerSettings settings, WorkflowServiceStubs stubs, WorkerFactory factory) {
        this.settings = settings;
        this.stubs = stubs;
        this.factory = factory;
    }

    @Override
    public void start() {
        started = true;
        Thread.ofPlatform().name("fleet-start").start(this::startWhenTemporalAnswers);
    }

    private void startWhenTemporalAnswers() {
        Duration pause = RETRY_MINIMUM;
        while (!startsPolling()) {
            LOG.warn(
                    "waiting for Temporal at {} (namespace {}), next try in {} ms",
                    settings.temporal().target(),
                    settings.temporal().namespace(),
                    pause.toMillis());
            if (isStoppedWithin(pause)) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(RETRY_MAXIMUM) < 0 ? pause.multipliedBy(2) : RETRY_MAXIMUM;
        }
        polling = true;
        LOG.info("polling Temporal at {}", settings.temporal().target());
    }

    private boolean startsPolling() {
        if (!temporalAnswers()) {
            return false;
        }
        try {
            factory.start();
            return true;
        } catch (StatusRuntimeException goneAgain) {
            return false;
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        LOG.info("no new tasks; waiting up to {} for running ones", settings.shutdownPatience());
        factory.shutdown();
        factory.awaitTermination(settings.shutdownPatience().toMillis(), TimeUnit.MILLISECONDS);
        polling = false;
        started = false;
        stubs.shutdown();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public Health health() {
        Health.Builder health = polling && temporalAnswers() ? Health.up() : Health.down();
        return health.withDetail("target", settings.temporal().target())
                .withDetail("polling", polling)
                .build();
    }

    private boolean temporalAnswers() {
        try {
            stubs.blockingStub()
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(settings.temporal().namespace())
                            .build());
            return true;
        } catch (StatusRuntimeException unreachable) {
            return false;
        }
    }

    private boolean isStoppedWithin(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
