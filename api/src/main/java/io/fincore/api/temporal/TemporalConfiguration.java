package io.fincore.api.temporal;

import io.fincore.api.settings.FincoreProperties;
import io.fincore.workflows.client.PayloadKeyMetrics;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects on first use, so that the API starts while Temporal is away. */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {

    @Bean(destroyMethod = "shutdownNow")
    WorkflowServiceStubs temporalStubs(FincoreProperties properties) {
        return WorkflowServiceStubs.newServiceStubs(
                TemporalConnection.stubsOptions(properties.temporal().target()));
    }

    @Bean
    PayloadKeys payloadKeys(FincoreProperties properties) {
        return properties.payloads().ring();
    }

    @Bean
    MeterBinder payloadKeyMetrics(PayloadKeys keys) {
        return new PayloadKeyMetrics(keys);
    }

    @Bean
    WorkflowClient workflowClient(
            WorkflowServiceStubs stubs, FincoreProperties properties, PayloadKeys keys, OpenTelemetry openTelemetry) {
        return WorkflowClient.newInstance(
                stubs, TemporalConnection.clientOptions(properties.temporal().namespace(), keys, openTelemetry));
    }

    /** In the readiness group: without Temporal no payment can be taken. */
    @Bean
    HealthIndicator temporalHealthIndicator(WorkflowServiceStubs stubs) {
        return new TemporalHealthIndicator(stubs);
    }
}
