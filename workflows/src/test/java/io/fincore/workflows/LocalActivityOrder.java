package io.fincore.workflows;

import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.util.ArrayList;
import java.util.List;

/** Writes down the local activities that a workflow takes. */
final class LocalActivityOrder extends WorkerInterceptorBase {

    private final List<String> taken = new ArrayList<>();

    List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public void init(WorkflowOutboundCallsInterceptor outbound) {
                super.init(new WorkflowOutboundCallsInterceptorBase(outbound) {
                    @Override
                    public <R> LocalActivityOutput<R> executeLocalActivity(LocalActivityInput<R> input) {
                        taken.add(input.getActivityName());
                        return super.executeLocalActivity(input);
                    }
                });
            }
        };
    }
}
