package io.fincore.api.customers;

import io.fincore.customers.Customers;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CustomerConfiguration {

    @Bean
    Customers customers(DataSource dataSource) {
        return new Customers(dataSource);
    }
}
