package io.fincore.api.wallets;

import io.fincore.api.database.ReadDatabase;
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
    History history(DataSource dataSource, ReadDatabase reads) {
        return new History(dataSource, reads.dataSource());
    }
}
