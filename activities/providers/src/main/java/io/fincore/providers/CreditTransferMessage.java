package io.fincore.providers;

import com.prowidesoftware.swift.model.mx.MxPacs00800108;
import com.prowidesoftware.swift.model.mx.dic.AccountIdentification4Choice;
import com.prowidesoftware.swift.model.mx.dic.ActiveCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.BranchAndFinancialInstitutionIdentification6;
import com.prowidesoftware.swift.model.mx.dic.CashAccount38;
import com.prowidesoftware.swift.model.mx.dic.ChargeBearerType1Code;
import com.prowidesoftware.swift.model.mx.dic.CreditTransferTransaction39;
import com.prowidesoftware.swift.model.mx.dic.FIToFICustomerCreditTransferV08;
import com.prowidesoftware.swift.model.mx.dic.FinancialInstitutionIdentification18;
import com.prowidesoftware.swift.model.mx.dic.GenericAccountIdentification1;
import com.prowidesoftware.swift.model.mx.dic.GenericFinancialIdentification1;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader93;
import com.prowidesoftware.swift.model.mx.dic.PartyIdentification135;
import com.prowidesoftware.swift.model.mx.dic.PaymentIdentification7;
import com.prowidesoftware.swift.model.mx.dic.RemittanceInformation16;
import com.prowidesoftware.swift.model.mx.dic.SettlementInstruction7;
import com.prowidesoftware.swift.model.mx.dic.SettlementMethod1Code;
import io.fincore.money.Money;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes pacs.008.001.08, FI to FI customer credit transfer, for one transfer. The message is a function of the transfer alone, its
 * message id is the end-to-end id: a transfer that is sent again is the same message.
 */
final class CreditTransferMessage {

    /** What the schema demands and the parties have agreed to leave out (EPC and CBPR+ usage). */
    private static final String NOT_PROVIDED = "NOTPROVIDED";

    /** ISO 13616: country, check digits, up to 30 letters and digits. */
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");

    private CreditTransferMessage() {}

    static String xml(CreditTransfer transfer) {
        OffsetDateTime createdAt =
                OffsetDateTime.ofInstant(transfer.createdAt().truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);

        GroupHeader93 header = new GroupHeader93()
                .setMsgId(transfer.endToEndId().value())
                .setCreDtTm(createdAt)
                .setNbOfTxs("1")
                .setSttlmInf(new SettlementInstruction7().setSttlmMtd(SettlementMethod1Code.CLRG));

        CreditTransferTransaction39 transaction = new CreditTransferTransaction39()
                .setPmtId(new PaymentIdentification7()
                        .setInstrId(transfer.endToEndId().value())
                        .setEndToEndId(transfer.endToEndId().value())
                        .setTxId(transfer.endToEndId().value()))
                .setIntrBkSttlmAmt(amount(transfer.amount()))
                .setIntrBkSttlmDt(createdAt.toLocalDate())
                .setChrgBr(ChargeBearerType1Code.SLEV)
                .setDbtr(party(transfer.debtorName()))
                .setDbtrAcct(account(transfer.debtorAccount()))
                .setDbtrAgt(agent(null))
                .setCdtrAgt(agent(transfer.creditorBic()))
                .setCdtr(party(transfer.creditorName()))
                .setCdtrAcct(account(transfer.creditorIban()))
                .setRmtInf(remittance(transfer.reference()));

        MxPacs00800108 message = new MxPacs00800108();
        message.setFIToFICstmrCdtTrf(
                new FIToFICustomerCreditTransferV08().setGrpHdr(header).addCdtTrfTxInf(transaction));
        return message.document();
    }

    private static ActiveCurrencyAndAmount amount(Money amount) {
        return new ActiveCurrencyAndAmount().setCcy(amount.currency().code()).setValue(amount.toDecimal());
    }

    private static PartyIdentification135 party(String name) {
        String written = SwiftText.of(name);
        return new PartyIdentification135().setNm(written.isEmpty() ? NOT_PROVIDED : written);
    }

    private static CashAccount38 account(String account) {
        AccountIdentification4Choice id = new AccountIdentification4Choice();
        if (IBAN.matcher(account).matches()) {
            id.setIBAN(account);
        } else {
            id.setOthr(new GenericAccountIdentification1().setId(SwiftText.of(account)));
        }
        return new CashAccount38().setId(id);
    }

    private static BranchAndFinancialInstitutionIdentification6 agent(@Nullable String bic) {
        FinancialInstitutionIdentification18 institution = new FinancialInstitutionIdentification18();
        if (bic == null) {
            institution.setOthr(new GenericFinancialIdentification1().setId(NOT_PROVIDED));
        } else {
            institution.setBICFI(bic);
        }
        return new BranchAndFinancialInstitutionIdentification6().setFinInstnId(institution);
    }

    private static @Nullable RemittanceInformation16 remittance(@Nullable String reference) {
        String written = reference == null ? "" : SwiftText.of(reference);
        return written.isEmpty() ? null : new RemittanceInformation16().addUstrd(written);
    }
}
