package io.fincore.api.settings;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean
    static ConfigurationPropertiesBindHandlerAdvisor allMistakesAtOnce() {
        return AllMistakesAtOnce::new;
    }
}
