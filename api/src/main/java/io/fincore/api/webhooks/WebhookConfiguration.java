package io.fincore.api.webhooks;

import io.fincore.outbox.Deliveries;
import io.fincore.outbox.WebhookEndpoints;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    WebhookEndpoints webhookEndpoints(DataSource dataSource) {
        return new WebhookEndpoints(dataSource);
    }

    @Bean
    Deliveries deliveries(DataSource dataSource) {
        return new Deliveries(dataSource);
    }
}
