package io.fincore.api.inbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.temporal.Deadlines;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Hands one event to its workflow, in the trace and under the ids of the request that brought it. */
@Component
class WorkflowSignals {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Set<Status.Code> AWAY = EnumSet.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.CANCELLED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.PERMISSION_DENIED);

    private final WorkflowClient client;
    private final ObjectMapper json;
    private final TraceParents traces;

    WorkflowSignals(WorkflowClient client, ObjectMapper json, TraceParents traces) {
        this.client = client;
        this.json = json;
        this.traces = traces;
    }

    Delivery deliver(InboundEvent event) {
        AtomicReference<Delivery> delivery = new AtomicReference<>(new Delivery.EngineDown("not tried"));
        MDC.put("correlation_id", event.correlationId());
        MDC.put("request_id", event.requestId());
        try {
            traces.continued(event.traceParent(), () -> delivery.set(signal(event)));
            return delivery.get();
        } finally {
            MDC.remove("correlation_id");
            MDC.remove("request_id");
        }
    }

    private Delivery signal(InboundEvent event) {
        ProviderEvent understood;
        try {
            understood = ProviderEvent.parse(event, json);
        } catch (NotUnderstood unclear) {
            return new Delivery.NotUnderstood(unclear.getMessage());
        }
        try {
            return Deadlines.within(LIMIT, () -> {
                understood.signal(client);
                return new Delivery.Signalled();
            });
        } catch (WorkflowNotFoundException unknown) {
            return new Delivery.NoWorkflow(understood);
        } catch (WorkflowException | StatusRuntimeException failed) {
            return isAway(failed) ? new Delivery.EngineDown(failed.toString()) : new Delivery.Refused(describe(failed));
        }
    }

    /** Whether no other signal would have fared better. */
    private static boolean isAway(RuntimeException failed) {
        return AWAY.contains(Status.fromThrowable(failed).getCode());
    }

    private static String describe(RuntimeException failed) {
        return Status.fromThrowable(failed).toString();
    }
}
