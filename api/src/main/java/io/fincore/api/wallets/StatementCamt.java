package io.fincore.api.wallets;

import com.prowidesoftware.swift.model.mx.dic.AccountStatement9;
import com.prowidesoftware.swift.model.mx.dic.AmountAndDirection35;
import com.prowidesoftware.swift.model.mx.dic.BalanceType10Choice;
import com.prowidesoftware.swift.model.mx.dic.BalanceType13;
import com.prowidesoftware.swift.model.mx.dic.CashAccount39;
import com.prowidesoftware.swift.model.mx.dic.CashBalance8;
import com.prowidesoftware.swift.model.mx.dic.CreditDebitCode;
import com.prowidesoftware.swift.model.mx.dic.DateAndDateTime2Choice;
import com.prowidesoftware.swift.model.mx.dic.DateTimePeriod1;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader81;
import com.prowidesoftware.swift.model.mx.dic.NumberAndSumOfTransactions1;
import com.prowidesoftware.swift.model.mx.dic.NumberAndSumOfTransactions4;
import com.prowidesoftware.swift.model.mx.dic.Pagination1;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry10;
import com.prowidesoftware.swift.model.mx.dic.TotalTransactions6;
import io.fincore.api.lists.MoneyBody;
import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Writes statements as camt.053.001.08, bank to customer statement, one entry after another. Amounts are decimals with the exponent of
 * the currency. The electronic sequence number is left out: periods are the client's to choose, so statements do not follow on each
 * other. The statement's id is a function of wallet and period, the message's is new each time.
 */
@Component
final class StatementCamt extends StatementWriter {

    /** A sum of entries has as many digits in ISO 20022 (DecimalNumber); what is longer must be left out, which it may be. */
    private static final int MAX_DIGITS = 18;

    StatementCamt() {
        super(MediaType.APPLICATION_XML);
    }

    @Override
    protected void writeInternal(StatementBody statement, HttpOutputMessage message) throws IOException {
        OffsetDateTime now = CamtEntry.utc(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        CamtXml xml = new CamtXml(message.getBody());
        xml.write(
                "GrpHdr",
                GroupHeader81.class,
                new GroupHeader81().setMsgId(IdType.REQUEST.next()).setCreDtTm(now));
        xml.open("Stmt", AccountStatement9.class, withoutEntries(statement, now));
        statement.transactions().forEach(each -> xml.write("Ntry", ReportEntry10.class, CamtEntry.of(each)));
        xml.end();
    }

    private static AccountStatement9 withoutEntries(StatementBody statement, OffsetDateTime now) {
        return new AccountStatement9()
                .setId(id(statement))
                .setStmtPgntn(new Pagination1().setPgNb("1").setLastPgInd(true))
                .setCreDtTm(now)
                .setFrToDt(new DateTimePeriod1()
                        .setFrDtTm(CamtEntry.utc(statement.from()))
                        .setToDtTm(CamtEntry.utc(statement.to())))
                .setAcct(new CashAccount39()
                        .setId(CamtEntry.id(statement.wallet()))
                        .setCcy(statement.currency()))
                .addBal(balance("OPBD", statement.openingBalance(), statement.from()))
                .addBal(balance("CLBD", statement.closingBalance(), statement.to()))
                .setTxsSummry(totals(statement));
    }

    /** 32 digits, of at most 35. */
    private static String id(StatementBody statement) {
        String subject = statement.wallet() + " " + statement.from() + " " + statement.to();
        return UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    /** A wallet owes nothing, so its balance is a credit. */
    private static CashBalance8 balance(String code, MoneyBody balance, Instant at) {
        return new CashBalance8()
                .setTp(new BalanceType13().setCdOrPrtry(new BalanceType10Choice().setCd(code)))
                .setAmt(CamtEntry.amount(Money.of(balance.amount(), balance.currency())))
                .setCdtDbtInd(CreditDebitCode.CRDT)
                .setDt(new DateAndDateTime2Choice().setDtTm(CamtEntry.utc(at)));
    }

    private static TotalTransactions6 totals(StatementBody statement) {
        TurnoverBody credits = statement.credits();
        TurnoverBody debits = statement.debits();
        BigInteger net = credits.amount().subtract(debits.amount());
        return new TotalTransactions6()
                .setTtlNtries(new NumberAndSumOfTransactions4()
                        .setNbOfNtries(Long.toString(credits.transactions() + debits.transactions()))
                        .setSum(sum(credits.amount().add(debits.amount()), statement))
                        .setTtlNetNtry(new AmountAndDirection35()
                                .setAmt(decimal(net.abs(), statement))
                                .setCdtDbtInd(CamtEntry.direction(net.signum() >= 0))))
                .setTtlCdtNtries(new NumberAndSumOfTransactions1()
                        .setNbOfNtries(Long.toString(credits.transactions()))
                        .setSum(sum(credits.amount(), statement)))
                .setTtlDbtNtries(new NumberAndSumOfTransactions1()
                        .setNbOfNtries(Long.toString(debits.transactions()))
                        .setSum(sum(debits.amount(), statement)));
    }

    private static @Nullable BigDecimal sum(BigInteger minorUnits, StatementBody statement) {
        return minorUnits.toString().length() > MAX_DIGITS ? null : decimal(minorUnits, statement);
    }

    private static BigDecimal decimal(BigInteger minorUnits, StatementBody statement) {
        return new BigDecimal(minorUnits, new Currency(statement.currency()).exponent());
    }
}
