package io.fincore.api.limits;

import io.fincore.api.database.LimitsDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitsConfiguration {

    @Bean
    Refusals refusals(MeterRegistry meters) {
        return new Refusals(meters);
    }

    @Bean
    SharedLimits sharedLimits(LimitsDatabase database, MeterRegistry meters) {
        return new SharedLimits(
                new SharedBuckets(database),
                Counter.builder("fincore.limits.unshared")
                        .description("Times when this process could not tell the others what was used of their limits")
                        .register(meters));
    }
}
