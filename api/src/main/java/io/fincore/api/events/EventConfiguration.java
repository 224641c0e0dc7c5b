package io.fincore.api.events;

import io.fincore.outbox.ClientEvents;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    @Bean
    ClientEvents clientEvents(DataSource dataSource) {
        return new ClientEvents(dataSource);
    }
}
