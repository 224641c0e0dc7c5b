package io.fincore.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import io.fincore.providers.BankSettings;
import io.fincore.providers.HttpBank;
import io.fincore.providers.Provider;
import io.fincore.providers.Resilience;
import io.fincore.steps.Steps;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.client.TemporalConnection;
import io.fincore.workflows.compliance.ComplianceCaseWorkflowImpl;
import io.fincore.workflows.payment.PaymentWorkflowImpl;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowClient;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Queues, slots, and what is registered on them: all of the fleet's wiring. */
@Configuration(proxyBeanMethods = false)
class FleetConfiguration {

    private static final com.uber.m3.util.Duration METRICS_INTERVAL = com.uber.m3.util.Duration.ofSeconds(10);

    /** A machine with few cores pauses for longer than the second that Temporal takes for a deadlock. */
    private static final long DEADLOCK_DETECTION_MILLIS = 10_000;

    @Bean
    HttpBank bank(
            WorkerSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            OpenTelemetry openTelemetry) {
        WorkerSettings.Bank bank = settings.bank();
        return new HttpBank(
                new BankSettings(bank.url(), bank.connectTimeout(), bank.readTimeout()),
                Resilience.in(breakers, bulkheads, Provider.BANK),
                openTelemetry);
    }

    @Bean
    Steps steps(DataSource dataSource, HttpBank bank) {
        return new Steps(dataSource, bank);
    }

    @Bean
    WorkflowServiceStubs workflowServiceStubs(WorkerSettings settings, MeterRegistry meters) {
        Scope metrics = new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(meters))
                .reportEvery(METRICS_INTERVAL);
        return WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder(
                        TemporalConnection.stubsOptions(settings.temporal().target()))
                .setMetricsScope(metrics)
                .build());
    }

    @Bean
    WorkflowClient workflowClient(WorkflowServiceStubs stubs, WorkerSettings settings, OpenTelemetry openTelemetry) {
        return WorkflowClient.newInstance(
                stubs, TemporalConnection.clientOptions(settings.temporal().namespace(), openTelemetry));
    }

    @Bean
    WorkerFactory workerFactory(
            WorkflowClient client, Steps steps, WorkerSettings settings, OpenTelemetry openTelemetry) {
        WorkerSettings.Slots slots = settings.slots();
        WorkerFactory factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setUsingVirtualWorkflowThreads(true)
                        .setWorkflowCacheSize(slots.workflowCache())
                        .setWorkerInterceptors(TemporalConnection.workerInterceptor(openTelemetry))
                        .build());
        Worker payments = factory.newWorker(
                TaskQueues.PAYMENTS,
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setMaxConcurrentWorkflowTaskExecutionSize(slots.workflowTasks())
                        .setMaxConcurrentLocalActivityExecutionSize(slots.localActivities())
                        .setMaxConcurrentActivityExecutionSize(slots.activities())
                        .setDefaultDeadlockDetectionTimeout(DEADLOCK_DETECTION_MILLIS)
                        .build());
        payments.registerWorkflowImplementationTypes(PaymentWorkflowImpl.class, ComplianceCaseWorkflowImpl.class);
        payments.registerActivitiesImplementations(steps.internal().toArray());
        Worker bank = factory.newWorker(
                TaskQueues.BANK,
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setMaxConcurrentActivityExecutionSize(slots.bankCalls())
                        .setMaxTaskQueueActivitiesPerSecond(settings.bank().callsPerSecond())
                        .build());
        bank.registerActivitiesImplementations(steps.bank().toArray());
        return factory;
    }

    @Bean
    Fleet temporal(WorkerSettings settings, WorkflowServiceStubs stubs, WorkerFactory factory) {
        return new Fleet(settings, stubs, factory);
    }
}
