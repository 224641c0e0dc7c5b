package io.fincore.api.inbound;

import io.fincore.api.settings.FincoreProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands callbacks on until none is left. Every replica runs one; rows are locked while they are handed on, so a replica that dies
 * gives its rows back, and an event may be handed on twice: workflows know events by their ids.
 */
@Component
class InboundDrain implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(InboundDrain.class);

    private static final int BATCH = 32;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** How long an event may fail for a reason of its own before it is laid aside for a person. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final InboundEvents events;
    private final WorkflowSignals signals;
    private final ClosedSagas closed;
    private final TransactionTemplate transactions;
    private final TransactionTemplate savepoint;
    private final MeterRegistry meters;
    private final Duration pollInterval;
    private final Semaphore arrivals = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread loop;

    InboundDrain(
            InboundEvents events,
            WorkflowSignals signals,
            ClosedSagas closed,
            TransactionTemplate transactions,
            MeterRegistry meters,
            FincoreProperties properties) {
        this.events = events;
        this.signals = signals;
        this.closed = closed;
        this.transactions = transactions;
        this.savepoint = savepoint(transactions);
        this.meters = meters;
        this.pollInterval = properties.inbound().pollInterval();
    }

    private static TransactionTemplate savepoint(TransactionTemplate transactions) {
        TransactionTemplate nested = new TransactionTemplate(
                Objects.requireNonNull(transactions.getTransactionManager(), "a template has a manager"));
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        return nested;
    }

    /** An event has been persisted. */
    void wake() {
        arrivals.release();
    }

    @Override
    public void start() {
        running = true;
        loop = Thread.ofVirtual().name("inbound-drain").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        if (loop != null) {
            arrivals.release();
            try {
                loop.join(Duration.ofSeconds(10));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                if (drainOnce() < BATCH && arrivals.tryAcquire(pollInterval.toMillis(), TimeUnit.MILLISECONDS)) {
                    arrivals.drainPermits();
                }
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException failed) {
                LOG.warn("callbacks could not be handed on, trying again: {}", failed.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(pollInterval);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how many events were due, up to the size of a batch */
    int drainOnce() {
        return Objects.requireNonNull(transactions.execute(status -> {
            List<InboundEvent> due = events.lockDue(BATCH);
            List<Delivery> deliveries = due.stream().map(InFlight::new).toList().stream()
                    .map(InFlight::await)
                    .toList();
            for (int i = 0; i < due.size(); i++) {
                noteAlone(due.get(i), deliveries.get(i));
            }
            return due.size();
        }));
    }

    /** One signal on its way; the events of a batch do not wait for each other. */
    private final class InFlight {

        private final FutureTask<Delivery> task;

        InFlight(InboundEvent event) {
            task = new FutureTask<>(() -> signals.deliver(event));
            Thread.ofVirtual().name("inbound-signal").start(task);
        }

        Delivery await() {
            try {
                return task.get();
            } catch (ExecutionException failed) {
                return new Delivery.Refused(String.valueOf(failed.getCause()));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while handing events on", stopping);
            }
        }
    }

    /** Under a savepoint: an event that cannot be noted down waits, and holds up no other. */
    private void noteAlone(InboundEvent event, Delivery delivery) {
        try {
            savepoint.executeWithoutResult(status -> note(event, delivery));
        } catch (RuntimeException failed) {
            LOG.error("event {} could not be noted down", event.eventId(), failed);
            // In fixed words: the cause's own may be what cannot be stored.
            failed(event, "could not be noted down, the log says why");
        }
    }

    private void note(InboundEvent event, Delivery delivery) {
        switch (delivery) {
            case Delivery.Signalled signalled -> done(event, "signalled");
            case Delivery.NoWorkflow missing -> {
                Optional<String> compared = closed.compare(missing.event());
                if (compared.isPresent()) {
                    done(event, compared.get());
                } else {
                    failed(
                            event,
                            "there is no open workflow of "
                                    + missing.event().subject() + " "
                                    + missing.event().subjectId());
                }
            }
            case Delivery.EngineDown down -> {
                LOG.warn("event {} waits for Temporal: {}", event.eventId(), down.detail());
                postpone(event, false);
            }
            case Delivery.Refused refused -> {
                LOG.warn("event {} cannot be handed on: {}", event.eventId(), refused.detail());
                failed(event, "cannot be handed on: " + refused.detail());
            }
            case Delivery.NotUnderstood unclear -> dead(event, "not understood: " + unclear.detail());
        }
    }

    private void done(InboundEvent event, String outcome) {
        events.settle(event, InboundEvents.Settlement.DONE, outcome);
        count(event, "done");
    }

    private void failed(InboundEvent event, String why) {
        if (isOutOfPatience(event)) {
            dead(event, why);
        } else {
            postpone(event, true);
        }
    }

    private void postpone(InboundEvent event, boolean itsOwnFault) {
        events.postpone(event, backoff(event), itsOwnFault);
        meters.counter("fincore.inbound.retries", "provider", event.provider()).increment();
    }

    private void dead(InboundEvent event, String outcome) {
        LOG.error("event {} of {} is laid aside: {}", event.eventId(), event.provider(), outcome);
        events.settle(event, InboundEvents.Settlement.DEAD, outcome);
        count(event, "dead");
    }

    private void count(InboundEvent event, String outcome) {
        meters.counter("fincore.inbound.events", "provider", event.provider(), "outcome", outcome)
                .increment();
    }

    private static boolean isOutOfPatience(InboundEvent event) {
        return event.failingSince() != null
                && event.failingSince().plus(PATIENCE).isBefore(Instant.now());
    }

    private static Duration backoff(InboundEvent event) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(event.attempts(), 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
