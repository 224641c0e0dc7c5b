package io.fincore.api.wallets;

import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import com.prowidesoftware.swift.model.mx.dic.AccountStatement9;
import com.prowidesoftware.swift.model.mx.dic.ActiveOrHistoricCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.CashBalance8;
import com.prowidesoftware.swift.model.mx.dic.CreditDebitCode;
import com.prowidesoftware.swift.model.mx.dic.NumberAndSumOfTransactions1;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry10;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** A camt.053.001.08 as its receiver reads it. */
public final class Camt {

    private static final Schema SCHEMA = schema();

    private Camt() {}

    /**
     * Holds the text against the official schema and its figures against each other, all with {@code BigDecimal}: opening and entries
     * make closing, and the summary counts them.
     *
     * @return its one statement, as Prowide reads it
     */
    public static AccountStatement9 read(String xml) {
        try {
            SCHEMA.newValidator().validate(new StreamSource(new StringReader(xml)));
        } catch (Exception invalid) {
            throw new AssertionError("not a camt.053.001.08: " + xml, invalid);
        }
        List<AccountStatement9> statements =
                MxCamt05300108.parse(xml).getBkToCstmrStmt().getStmt();
        assertThat(statements).hasSize(1);
        AccountStatement9 statement = statements.getFirst();
        assertAddsUp(statement);
        return statement;
    }

    private static void assertAddsUp(AccountStatement9 statement) {
        BigDecimal credits = sum(statement, CreditDebitCode.CRDT);
        BigDecimal debits = sum(statement, CreditDebitCode.DBIT);
        assertThat(amount(statement, "OPBD").add(credits).subtract(debits)).isEqualTo(amount(statement, "CLBD"));
        var totals = statement.getTxsSummry();
        BigDecimal scale = BigDecimal.ZERO.setScale(credits.max(debits).scale());
        assertThat(totals.getTtlNtries().getNbOfNtries())
                .isEqualTo(Integer.toString(statement.getNtry().size()));
        assertThat(totals.getTtlNtries().getSum()).isEqualTo(scale.add(credits).add(debits));
        assertThat(totals.getTtlNtries().getTtlNetNtry().getAmt())
                .isEqualByComparingTo(credits.subtract(debits).abs());
        assertThat(totals.getTtlNtries().getTtlNetNtry().getCdtDbtInd())
                .isEqualTo(credits.compareTo(debits) < 0 ? CreditDebitCode.DBIT : CreditDebitCode.CRDT);
        assertTotal(totals.getTtlCdtNtries(), statement, CreditDebitCode.CRDT);
        assertTotal(totals.getTtlDbtNtries(), statement, CreditDebitCode.DBIT);
    }

    private static void assertTotal(
            NumberAndSumOfTransactions1 total, AccountStatement9 statement, CreditDebitCode side) {
        assertThat(total.getNbOfNtries())
                .isEqualTo(Long.toString(statement.getNtry().stream()
                        .filter(entry -> entry.getCdtDbtInd() == side)
                        .count()));
        assertThat(total.getSum()).isEqualByComparingTo(sum(statement, side));
    }

    private static BigDecimal sum(AccountStatement9 statement, CreditDebitCode side) {
        return statement.getNtry().stream()
                .filter(entry -> entry.getCdtDbtInd() == side)
                .map(ReportEntry10::getAmt)
                .map(ActiveOrHistoricCurrencyAndAmount::getValue)
                .reduce(amount(statement, "OPBD").subtract(amount(statement, "OPBD")), BigDecimal::add);
    }

    /** @param code OPBD or CLBD */
    public static BigDecimal amount(AccountStatement9 statement, String code) {
        CashBalance8 balance = statement.getBal().stream()
                .filter(each -> each.getTp().getCdOrPrtry().getCd().equals(code))
                .findFirst()
                .orElseThrow();
        assertThat(balance.getCdtDbtInd()).isEqualTo(CreditDebitCode.CRDT);
        assertThat(balance.getAmt().getCcy()).isEqualTo(statement.getAcct().getCcy());
        return balance.getAmt().getValue();
    }

    private static Schema schema() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(Objects.requireNonNull(Camt.class.getResource("/iso20022/camt.053.001.08.xsd")));
        } catch (SAXException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
