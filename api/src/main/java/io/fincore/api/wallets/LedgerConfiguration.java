package io.fincore.api.wallets;

import io.fincore.ledger.History;
import io.fincore.ledger.Wallets;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    Wallets wallets(DataSource dataSource) {
        return new Wallets(dataSource);
    }

    @Bean
    History history(DataSource dataSource) {
        return new History(dataSource);
    }
}
