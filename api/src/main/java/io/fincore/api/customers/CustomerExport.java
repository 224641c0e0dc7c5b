package io.fincore.api.customers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.database.ReadDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes {@link CustomerExportBody} while it is read: a customer of years has more rows than fit into memory. */
@Component
class CustomerExport {

    private static final int FORMAT = 1;
    private static final int ROWS_AT_ONCE = 500;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;

    CustomerExport(ReadDatabase reads, ObjectMapper json) {
        this.jdbc = new JdbcTemplate(reads.dataSource());
        this.jdbc.setFetchSize(ROWS_AT_ONCE);
        // Outside of one the driver reads all rows at once.
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(reads.dataSource()));
        this.transaction.setReadOnly(true);
        this.json = json;
    }

    void write(String customerId, OutputStream stream) {
        transaction.executeWithoutResult(status -> jdbc.query(
                "SELECT section, record::text FROM intake.customer_export(?)",
                rows -> {
                    write(customerId, rows, stream);
                    return null;
                },
                customerId));
    }

    private void write(String customerId, ResultSet rows, OutputStream stream) throws SQLException {
        // To close the stream would be to end an answer that broke off.
        try (JsonGenerator out = json.createGenerator(stream).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            out.writeStartObject();
            out.writeStringField("object", "customer_export");
            out.writeStringField("customer", customerId);
            out.writeNumberField("format", FORMAT);
            out.writeStringField("exported_at", Instant.now().toString());
            out.writeObjectFieldStart("data");
            // What failed until now is a problem; from now on it breaks off, rather than have a problem behind it.
            out.flush();
            Sections sections = new Sections(out);
            while (rows.next()) {
                sections.row(rows);
            }
            sections.close();
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Rows come section by section. */
    private static final class Sections {

        private final JsonGenerator out;
        private @Nullable String open;

        Sections(JsonGenerator out) {
            this.out = out;
        }

        void row(ResultSet row) throws SQLException, IOException {
            String section = row.getString(1);
            if (!section.equals(open)) {
                close();
                out.writeArrayFieldStart(section);
                open = section;
            }
            out.writeRawValue(row.getString(2));
        }

        void close() throws IOException {
            if (open != null) {
                out.writeEndArray();
            }
        }
    }
}
