package io.fincore.steps;

import io.fincore.money.Money;
import io.fincore.outbox.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells which events are news to a customer, and makes them so. Events themselves name no customer. */
final class NewsDesk {

    private static final Logger LOG = LoggerFactory.getLogger(NewsDesk.class);

    private final JdbcClient jdbc;

    NewsDesk(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Empty if the event is nothing that customers are told of. */
    Optional<News> of(Event event) {
        return switch (event.type()) {
            case "payment.completed" -> payment(event);
            case "refund.completed" -> refund(event);
            case "activation.completed" -> activation(event);
            default -> Optional.empty();
        };
    }

    private Optional<News> payment(Event event) {
        return find(
                event,
                "SELECT customer_id, amount, currency, reference FROM payments.payment WHERE id = :id",
                (row, number) -> {
                    Map<String, String> values = amount(row);
                    values.put("payment", event.subjectId());
                    putIfThere(values, "reference", row.getString("reference"));
                    return new News(row.getString("customer_id"), "payment_completed", values);
                });
    }

    private Optional<News> refund(Event event) {
        return find(event, """
                SELECT p.customer_id, r.payment_id, r.amount, r.currency, p.reference
                  FROM payments.refund r JOIN payments.payment p ON p.id = r.payment_id WHERE r.id = :id""", (row, number) -> {
            Map<String, String> values = amount(row);
            values.put("refund", event.subjectId());
            values.put("payment", row.getString("payment_id"));
            putIfThere(values, "reference", row.getString("reference"));
            return new News(row.getString("customer_id"), "refund_completed", values);
        });
    }

    private Optional<News> activation(Event event) {
        return find(
                event,
                "SELECT customer_id, wallet_id FROM payments.account_activation WHERE id = :id",
                (row, number) -> new News(
                        row.getString("customer_id"),
                        "activation_completed",
                        Map.of("wallet", row.getString("wallet_id"))));
    }

    /** Without its subject an event is nobody's news; to fail would hold up the news of everybody else. */
    private Optional<News> find(Event event, String sql, RowMapper<News> read) {
        Optional<News> news =
                jdbc.sql(sql).param("id", event.subjectId()).query(read).optional();
        if (news.isEmpty()) {
            LOG.error("event {} {}: there is no {}, nobody is told", event.id(), event.type(), event.subjectId());
        }
        return news;
    }

    /** As people read it: the provider knows no exponents. */
    private static Map<String, String> amount(ResultSet row) throws SQLException {
        Money amount = Money.of(row.getLong("amount"), row.getString("currency"));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("amount", amount.toDecimal().toPlainString());
        values.put("currency", amount.currency().code());
        return values;
    }

    private static void putIfThere(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
