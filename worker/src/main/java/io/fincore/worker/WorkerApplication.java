package io.fincore.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs workflows and activities; stateless, any number may run side by side. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(WorkerSettings.class)
@Import({
    AuditConfiguration.class,
    BookCheckConfiguration.class,
    DatabaseConfiguration.class,
    FleetConfiguration.class,
    HoldConfiguration.class,
    NotificationConfiguration.class,
    WebhookConfiguration.class
})
public class WorkerApplication {

    public static void main(String[] args) {
        SpringApplication.run(WorkerApplication.class, args);
    }
}
