package io.fincore.api.wallets;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Writes statements as CSV (RFC 4180). The first row has the opening balance and the last one the closing balance: without that one
 * the file is not whole. A text that a spreadsheet would take for a formula has an apostrophe before it.
 */
@Component
final class StatementCsv extends StatementWriter {

    static final String TEXT_CSV = "text/csv";

    private static final String COLUMNS =
            "id,type,direction,amount,currency,balance_after,counterpart,reference,hold,reverses,created_at";

    StatementCsv() {
        super(MediaType.parseMediaType(TEXT_CSV));
    }

    @Override
    protected void writeInternal(StatementBody statement, HttpOutputMessage message) throws IOException {
        Writer csv = new BufferedWriter(new OutputStreamWriter(message.getBody(), StandardCharsets.UTF_8));
        csv.write(COLUMNS + "\r\n");
        csv.write(row(
                null,
                "opening_balance",
                null,
                null,
                statement.currency(),
                statement.openingBalance().amount(),
                null,
                null,
                null,
                null,
                statement.from()));
        statement
                .transactions()
                .forEach(each -> csv.write(row(
                        each.id(),
                        each.type(),
                        each.direction(),
                        each.amount(),
                        each.currency(),
                        each.balanceAfter().amount(),
                        each.counterpart(),
                        each.reference(),
                        each.hold(),
                        each.reverses(),
                        each.createdAt())));
        csv.write(row(
                null,
                "closing_balance",
                null,
                null,
                statement.currency(),
                statement.closingBalance().amount(),
                null,
                null,
                null,
                null,
                statement.to()));
        csv.flush();
    }

    private static String row(@Nullable Object... values) {
        return Stream.of(values).map(StatementCsv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(@Nullable Object value) {
        String text = Objects.toString(value, "");
        String harmless = value instanceof String && isFormula(text) ? "'" + text : text;
        return harmless.chars().anyMatch(each -> each == ',' || each == '"' || each == '\r' || each == '\n')
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }

    /**
     * Spreadsheets take a text that begins like this for a formula and carry it out, quoted or not; with an apostrophe before it they
     * show it (OWASP, CSV injection). Numbers and times are not texts and begin with a digit.
     */
    private static boolean isFormula(String text) {
        return !text.isEmpty() && "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".indexOf(text.charAt(0)) >= 0;
    }
}
