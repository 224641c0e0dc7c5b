package io.fincore.api.wallets;

import com.prowidesoftware.swift.model.mx.dic.AccountIdentification4Choice;
import com.prowidesoftware.swift.model.mx.dic.ActiveOrHistoricCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.BankTransactionCodeStructure4;
import com.prowidesoftware.swift.model.mx.dic.BankTransactionCodeStructure5;
import com.prowidesoftware.swift.model.mx.dic.BankTransactionCodeStructure6;
import com.prowidesoftware.swift.model.mx.dic.CashAccount38;
import com.prowidesoftware.swift.model.mx.dic.CreditDebitCode;
import com.prowidesoftware.swift.model.mx.dic.DateAndDateTime2Choice;
import com.prowidesoftware.swift.model.mx.dic.EntryDetails9;
import com.prowidesoftware.swift.model.mx.dic.EntryStatus1Choice;
import com.prowidesoftware.swift.model.mx.dic.EntryTransaction10;
import com.prowidesoftware.swift.model.mx.dic.GenericAccountIdentification1;
import com.prowidesoftware.swift.model.mx.dic.ProprietaryBankTransactionCodeStructure1;
import com.prowidesoftware.swift.model.mx.dic.ProprietaryReference1;
import com.prowidesoftware.swift.model.mx.dic.RemittanceInformation16;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry10;
import com.prowidesoftware.swift.model.mx.dic.TransactionParties6;
import com.prowidesoftware.swift.model.mx.dic.TransactionReferences6;
import io.fincore.money.Money;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as an entry of camt.053.001.08.
 *
 * <p>Its bank transaction code (ISO 20022 external code sets, bank transaction codes) is of the domain PMNT, payments. The family is
 * ICDT, issued credit transfers, for what the wallet gave and RCDT, received ones, for what it got; a reversal has the family of what it
 * takes back. The sub-family is BOOK, internal book transfer, between wallets and OTHR where money came from outside or left: which
 * rails it took is not the book's to say. Our own name for the kind stands beside it as the proprietary code.
 */
final class CamtEntry {

    private static final String ISSUER = "FinCore";
    private static final int MAX_END_TO_END_ID = 35;

    private final TransactionBody transaction;
    private final boolean credit;
    private final boolean reversal;

    private CamtEntry(TransactionBody transaction) {
        this.transaction = transaction;
        this.credit = transaction.direction().equals("credit");
        this.reversal = transaction.type().equals("reversal");
    }

    static ReportEntry10 of(TransactionBody transaction) {
        return new CamtEntry(transaction).entry();
    }

    private ReportEntry10 entry() {
        OffsetDateTime bookedAt = utc(transaction.createdAt());
        return new ReportEntry10()
                .setAmt(amount())
                .setCdtDbtInd(direction(credit))
                // ISO 20022 wants it where it is so, and nowhere else.
                .setRvslInd(reversal ? true : null)
                .setSts(new EntryStatus1Choice().setCd("BOOK"))
                .setBookgDt(new DateAndDateTime2Choice().setDtTm(bookedAt))
                .setValDt(new DateAndDateTime2Choice().setDt(bookedAt.toLocalDate()))
                .setAcctSvcrRef(transaction.id())
                .setBkTxCd(code())
                .addNtryDtls(new EntryDetails9()
                        .addTxDtls(new EntryTransaction10()
                                .setRefs(references())
                                .setAmt(amount())
                                .setCdtDbtInd(direction(credit))
                                .setRltdPties(parties())
                                .setRmtInf(remittance())));
    }

    private ActiveOrHistoricCurrencyAndAmount amount() {
        return amount(Money.of(transaction.amount(), transaction.currency()));
    }

    private BankTransactionCodeStructure4 code() {
        return new BankTransactionCodeStructure4()
                .setDomn(new BankTransactionCodeStructure5()
                        .setCd("PMNT")
                        .setFmly(new BankTransactionCodeStructure6()
                                .setCd(isOriginallyGiven() ? "ICDT" : "RCDT")
                                .setSubFmlyCd(transaction.counterpart() == null ? "OTHR" : "BOOK")))
                .setPrtry(new ProprietaryBankTransactionCodeStructure1()
                        .setCd(transaction.type())
                        .setIssr(ISSUER));
    }

    private TransactionReferences6 references() {
        TransactionReferences6 references = new TransactionReferences6().setAcctSvcrRef(transaction.id());
        String endToEndId = endToEndId();
        if (endToEndId != null) {
            references.setEndToEndId(endToEndId);
        }
        if (transaction.hold() != null) {
            references.addPrtry(new ProprietaryReference1().setTp("hold").setRef(transaction.hold()));
        }
        if (transaction.reverses() != null) {
            references.addPrtry(new ProprietaryReference1().setTp("reverses").setRef(transaction.reverses()));
        }
        return references;
    }

    /** What was paid and what came back has the end-to-end id for its reference, by which the bank knows it too. */
    private @Nullable String endToEndId() {
        String reference = transaction.reference();
        return (reversal || transaction.type().equals("settlement"))
                        && reference != null
                        && reference.matches("[A-Za-z0-9]{1," + MAX_END_TO_END_ID + "}")
                ? reference
                : null;
    }

    /** Of what moved in the first place: who paid stays the debtor when it is reversed. */
    private @Nullable TransactionParties6 parties() {
        String counterpart = transaction.counterpart();
        if (counterpart == null) {
            return null;
        }
        return isOriginallyGiven()
                ? new TransactionParties6().setCdtrAcct(account(counterpart))
                : new TransactionParties6().setDbtrAcct(account(counterpart));
    }

    private @Nullable RemittanceInformation16 remittance() {
        String reference = transaction.reference();
        List<String> lines = reference == null || endToEndId() != null ? List.of() : CamtText.lines(reference);
        if (lines.isEmpty()) {
            return null;
        }
        RemittanceInformation16 remittance = new RemittanceInformation16();
        lines.forEach(remittance::addUstrd);
        return remittance;
    }

    private boolean isOriginallyGiven() {
        return credit == reversal;
    }

    static CreditDebitCode direction(boolean credit) {
        return credit ? CreditDebitCode.CRDT : CreditDebitCode.DBIT;
    }

    static ActiveOrHistoricCurrencyAndAmount amount(Money money) {
        return new ActiveOrHistoricCurrencyAndAmount()
                .setCcy(money.currency().code())
                .setValue(money.toDecimal());
    }

    static AccountIdentification4Choice id(String walletId) {
        return new AccountIdentification4Choice().setOthr(new GenericAccountIdentification1().setId(walletId));
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static CashAccount38 account(String walletId) {
        return new CashAccount38().setId(id(walletId));
    }
}
