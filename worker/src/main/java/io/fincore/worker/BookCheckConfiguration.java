package io.fincore.worker;

import io.fincore.steps.BookCheck;
import io.fincore.steps.BookCheckJob;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The check of the whole book: its connections, its schedule, its metrics. */
@Configuration(proxyBeanMethods = false)
class BookCheckConfiguration {

    /** So that a schedule that somebody deleted is there again before long. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

    @Bean
    BookCheckJob bookCheckJob(DataSource dataSource, WorkerSettings settings) {
        return new BookCheckJob(dataSource, bookCheck(settings));
    }

    /** On connections of its own, which are patient, never write, and leave the pool to those who have to be quick. */
    static BookCheck bookCheck(WorkerSettings settings) {
        WorkerSettings.Database database = settings.database();
        Duration patience = settings.bookCheck().statementTimeout();
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "fincore-book-check");
        properties.setProperty("connectTimeout", "5");
        // Longer than the server gives the statement: this is for a server that says nothing any more.
        properties.setProperty("socketTimeout", Long.toString(patience.toSeconds() + 15));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(
                "options",
                "-c default_transaction_read_only=on -c statement_timeout=" + patience.toMillis()
                        + " -c idle_in_transaction_session_timeout=1min");
        return new BookCheck(new DriverManagerDataSource(database.url(), properties));
    }

    @Bean
    Relay bookCheckSchedule(WorkflowServiceStubs stubs, WorkerSettings settings, PayloadKeys keys) {
        BookCheckSchedule schedule = new BookCheckSchedule(
                ScheduleClient.newInstance(
                        stubs,
                        TemporalConnection.scheduleOptions(settings.temporal().namespace(), keys)),
                settings.bookCheck().interval());
        return new Relay("book-check-schedule", 1, BETWEEN_LOOKS, schedule::ensure);
    }

    @Bean
    MeterBinder bookCheckMetrics(BookCheckJob job) {
        return new BookCheckMetrics(job::last);
    }
}
