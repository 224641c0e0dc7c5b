package io.fincore.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import io.fincore.providers.BankSettings;
import io.fincore.providers.HttpBank;
import io.fincore.providers.HttpKyc;
import io.fincore.providers.KycSettings;
import io.fincore.providers.Provider;
import io.fincore.providers.Resilience;
import io.fincore.steps.BookCheckJob;
import io.fincore.steps.Steps;
import io.fincore.steps.Webhooks;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.activation.AccountActivationWorkflowImpl;
import io.fincore.workflows.bookcheck.BookCheckWorkflowImpl;
import io.fincore.workflows.client.PayloadKeyMetrics;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.fincore.workflows.compliance.ComplianceCaseWorkflowImpl;
import io.fincore.workflows.erasure.ErasureWorkflowImpl;
import io.fincore.workflows.payment.PaymentWorkflowImpl;
import io.fincore.workflows.refund.RefundWorkflowImpl;
import io.fincore.workflows.webhook.WebhookEndpointWorkflowImpl;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
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

    /** Their workflows decide in a moment: these are not what deliveries wait for. */
    private static final int WEBHOOK_WORKFLOW_TASKS = 10;

    /** Each reads the whole book. */
    private static final int CHECKS_AT_ONCE = 1;

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
    HttpKyc kyc(
            WorkerSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            OpenTelemetry openTelemetry) {
        WorkerSettings.Kyc kyc = settings.kyc();
        return new HttpKyc(
                new KycSettings(kyc.url(), kyc.connectTimeout(), kyc.readTimeout()),
                Resilience.in(breakers, bulkheads, Provider.KYC),
                openTelemetry);
    }

    @Bean
    Steps steps(DataSource dataSource, HttpBank bank, HttpKyc kyc, WorkerSettings settings, StepMetrics metrics) {
        WorkerSettings.Review review = settings.review();
        return new Steps(
                dataSource,
                bank,
                kyc,
                new Steps.ReviewTerms(review.remindAfter(), review.dueAfter(), review.expireAfter()),
                metrics);
    }

    @Bean
    StepMetrics stepMetrics(MeterRegistry meters) {
        return new StepMetrics(meters);
    }

    @Bean
    MeterBinder sagasThatNeedAPerson(Steps steps) {
        return meters -> Gauge.builder("saga.requires_manual_intervention.count", steps, Steps::sagasThatNeedAPerson)
                .description("Sagas that wait for an operator, over the whole fleet")
                .register(meters);
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
    PayloadKeys payloadKeys(WorkerSettings settings) {
        return settings.payloads().ring();
    }

    @Bean
    MeterBinder payloadKeyMetrics(PayloadKeys keys) {
        return new PayloadKeyMetrics(keys);
    }

    @Bean
    WorkflowClient workflowClient(
            WorkflowServiceStubs stubs, WorkerSettings settings, PayloadKeys keys, OpenTelemetry openTelemetry) {
        return WorkflowClient.newInstance(
                stubs, TemporalConnection.clientOptions(settings.temporal().namespace(), keys, openTelemetry));
    }

    @Bean
    WorkerFactory workerFactory(
            WorkflowClient client,
            Steps steps,
            BookCheckJob bookCheck,
            Webhooks webhooks,
            WorkerSettings settings,
            OpenTelemetry openTelemetry) {
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
        payments.registerWorkflowImplementationTypes(
                PaymentWorkflowImpl.class,
                RefundWorkflowImpl.class,
                ComplianceCaseWorkflowImpl.class,
                AccountActivationWorkflowImpl.class,
                BookCheckWorkflowImpl.class,
                ErasureWorkflowImpl.class);
        payments.registerActivitiesImplementations(steps.internal().toArray());
        payments.registerActivitiesImplementations(steps.erasures());
        Worker bank = factory.newWorker(
                TaskQueues.BANK,
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setMaxConcurrentActivityExecutionSize(slots.bankCalls())
                        .setMaxTaskQueueActivitiesPerSecond(settings.bank().callsPerSecond())
                        .build());
        bank.registerActivitiesImplementations(steps.bank().toArray());
        factory.newWorker(
                        TaskQueues.KYC,
                        WorkerOptions.newBuilder()
                                .setUsingVirtualThreads(true)
                                .setMaxConcurrentActivityExecutionSize(slots.kycCalls())
                                .build())
                .registerActivitiesImplementations(steps.kyc().toArray());
        factory.newWorker(
                        TaskQueues.CHECKS,
                        WorkerOptions.newBuilder()
                                .setUsingVirtualThreads(true)
                                .setMaxConcurrentActivityExecutionSize(CHECKS_AT_ONCE)
                                .build())
                .registerActivitiesImplementations(bookCheck.activities());
        Worker endpoints = factory.newWorker(
                TaskQueues.WEBHOOKS,
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setMaxConcurrentWorkflowTaskExecutionSize(WEBHOOK_WORKFLOW_TASKS)
                        .setMaxConcurrentActivityExecutionSize(slots.webhookEndpoints())
                        .setDefaultDeadlockDetectionTimeout(DEADLOCK_DETECTION_MILLIS)
                        .build());
        endpoints.registerWorkflowImplementationTypes(WebhookEndpointWorkflowImpl.class);
        endpoints.registerActivitiesImplementations(webhooks.activities());
        return factory;
    }

    @Bean
    Fleet temporal(WorkerSettings settings, WorkflowServiceStubs stubs, WorkerFactory factory) {
        return new Fleet(settings, stubs, factory);
    }
}
