package io.fincore.api;

import io.fincore.api.settings.FincoreProperties;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Serves the REST API; stateless, any number may run side by side. */
@SpringBootApplication
@EnableConfigurationProperties(FincoreProperties.class)
public class ApiApplication {

    public static void main(String[] args) {
        SpringApplication.run(ApiApplication.class, args);
    }
}
