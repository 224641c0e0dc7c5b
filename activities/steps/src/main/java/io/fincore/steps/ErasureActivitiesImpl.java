package io.fincore.steps;

import io.fincore.customers.Customers;
import io.fincore.workflows.erasure.ErasureActivities;
import io.fincore.workflows.erasure.ErasureCancellation;
import io.fincore.workflows.erasure.ErasureOrder;
import io.fincore.workflows.erasure.ErasureStatus;
import io.fincore.workflows.erasure.ErasureWorkflow;
import io.fincore.workflows.erasure.Obstacle;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class ErasureActivitiesImpl implements ErasureActivities {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureActivitiesImpl.class);

    private final StepRecorder steps;
    private final ErasureStore erasures;
    private final Customers customers;

    ErasureActivitiesImpl(StepRecorder steps, ErasureStore erasures, Customers customers) {
        this.steps = steps;
        this.erasures = erasures;
        this.customers = customers;
    }

    @Override
    public void create(ErasureOrder order) {
        steps.orderedBy(order.principal()).unrecorded("erasure.create", () -> erasures.create(order));
    }

    @Override
    public List<Obstacle> erase(String erasureId) {
        return own(erasureId).unrecorded("erasure.erase", () -> {
            ErasureStore.Row erasure = erasures.locked(erasureId);
            if (erasure.isEnded()) {
                return List.of();
            }
            // Whoever begins something for the customer holds this lock until it is seen here.
            customers.lock(erasure.customerId());
            List<Obstacle> obstacles = erasures.obstacles(erasure.customerId());
            if (obstacles.isEmpty()) {
                customers.erase(erasure.customerId());
                erasures.complete(erasure);
            } else {
                erasures.keepObstacles(erasureId, obstacles);
            }
            return obstacles;
        });
    }

    @Override
    public void remind(String erasureId) {
        own(erasureId).unrecorded("erasure.remind", () -> erasures.remind(erasures.locked(erasureId)));
    }

    @Override
    public void alert(String erasureId) {
        ErasureStore.Row erasure = own(erasureId).unrecorded("erasure.alert", () -> {
            ErasureStore.Row row = erasures.locked(erasureId);
            erasures.alert(row);
            return row;
        });
        LOG.error("erasure {} of customer {} is overdue: end what is open", erasureId, erasure.customerId());
    }

    @Override
    public ErasureStatus cancel(String erasureId, ErasureCancellation cancellation) {
        return steps.orderedBy(cancellation.actor()).unrecorded("erasure.cancel", () -> {
            ErasureStore.Row erasure = erasures.locked(erasureId);
            if (erasure.isEnded()) {
                return ErasureStatus.ofCode(erasure.status());
            }
            erasures.cancel(erasure, cancellation.actor());
            return ErasureStatus.CANCELLED;
        });
    }

    private StepRecorder own(String erasureId) {
        return steps.of(ErasureWorkflow.workflowId(erasureId));
    }
}
