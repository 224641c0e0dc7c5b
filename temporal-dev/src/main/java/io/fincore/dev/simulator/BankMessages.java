package io.fincore.dev.simulator;

import static io.fincore.dev.simulator.BadMessageException.require;

import com.prowidesoftware.swift.model.mx.AbstractMX;
import com.prowidesoftware.swift.model.mx.JaxbContextCacheImpl;
import com.prowidesoftware.swift.model.mx.JaxbContextLoader;
import com.prowidesoftware.swift.model.mx.MxPacs00200110;
import com.prowidesoftware.swift.model.mx.MxPacs00700109;
import com.prowidesoftware.swift.model.mx.MxPacs00800108;
import com.prowidesoftware.swift.model.mx.MxPacs02800103;
import com.prowidesoftware.swift.model.mx.dic.ActiveCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.CashAccount38;
import com.prowidesoftware.swift.model.mx.dic.CreditTransferTransaction39;
import com.prowidesoftware.swift.model.mx.dic.FIToFIPaymentStatusReportV10;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader91;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransaction110;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransaction111;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransaction113;
import com.prowidesoftware.swift.model.mx.dic.RemittanceInformation16;
import com.prowidesoftware.swift.model.mx.dic.StatusReason6Choice;
import com.prowidesoftware.swift.model.mx.dic.StatusReasonInformation12;
import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads pacs.008.001.08, pacs.007.001.09 and pacs.028.001.03 and writes pacs.002.001.10, the bank's side of each. */
final class BankMessages {

    private BankMessages() {}

    /** @throws BadMessageException if the message is not a pacs.008.001.08 with one complete transfer */
    static Transfer readTransfer(String xml) {
        if (!(parse(xml) instanceof MxPacs00800108 message) || message.getFIToFICstmrCdtTrf() == null) {
            throw new BadMessageException("not a pacs.008.001.08");
        }
        CreditTransferTransaction39 transfer =
                one(message.getFIToFICstmrCdtTrf().getCdtTrfTxInf(), "credit transfer");
        Money amount = amount(transfer.getIntrBkSttlmAmt(), "IntrBkSttlmAmt");
        return new Transfer(
                require(require(transfer.getPmtId(), "PmtId").getEndToEndId(), "EndToEndId"),
                amount.minorUnits(),
                amount.currency().code(),
                require(require(transfer.getDbtr(), "Dbtr").getNm(), "Dbtr/Nm"),
                account(transfer.getDbtrAcct(), "DbtrAcct"),
                require(require(transfer.getCdtr(), "Cdtr").getNm(), "Cdtr/Nm"),
                account(transfer.getCdtrAcct(), "CdtrAcct"),
                reference(transfer.getRmtInf()));
    }

    /** @throws BadMessageException if the message is not a pacs.007.001.09 with one complete reversal */
    static Return readReturn(String xml) {
        if (!(parse(xml) instanceof MxPacs00700109 message) || message.getFIToFIPmtRvsl() == null) {
            throw new BadMessageException("not a pacs.007.001.09");
        }
        PaymentTransaction111 reversal = one(message.getFIToFIPmtRvsl().getTxInf(), "reversal");
        Money amount = amount(reversal.getRvsdIntrBkSttlmAmt(), "RvsdIntrBkSttlmAmt");
        return new Return(
                require(reversal.getRvslId(), "RvslId"),
                require(reversal.getOrgnlEndToEndId(), "OrgnlEndToEndId"),
                amount.minorUnits(),
                amount.currency().code(),
                reversal.getRvslRsnInf().stream()
                        .flatMap(reason -> reason.getAddtlInf().stream())
                        .collect(Collectors.joining(" ")));
    }

    /**
     * @return the end-to-end id that is asked for
     * @throws BadMessageException if the message is not a pacs.028.001.03 about one transfer
     */
    static String readInquiry(String xml) {
        if (!(parse(xml) instanceof MxPacs02800103 message) || message.getFIToFIPmtStsReq() == null) {
            throw new BadMessageException("not a pacs.028.001.03");
        }
        PaymentTransaction113 transfer = one(message.getFIToFIPmtStsReq().getTxInf(), "transfer");
        return require(transfer.getOrgnlEndToEndId(), "OrgnlEndToEndId");
    }

    /** About a transfer or a return, each by its own end-to-end id. */
    static String writeReport(Entry entry, BankStatus status, Instant now) {
        PaymentTransaction110 transfer = new PaymentTransaction110()
                .setOrgnlEndToEndId(entry.order().id())
                .setTxSts(status.code())
                .setAcctSvcrRef(entry.reference());
        Reason reason = entry.reason();
        if (status == BankStatus.REJECTED && reason != null) {
            transfer.addStsRsnInf(new StatusReasonInformation12()
                    .setRsn(new StatusReason6Choice().setCd(reason.code()))
                    .addAddtlInf(reason.detail()));
        }
        MxPacs00200110 message = new MxPacs00200110();
        message.setFIToFIPmtStsRpt(new FIToFIPaymentStatusReportV10()
                .setGrpHdr(new GroupHeader91()
                        .setMsgId(UUID.randomUUID().toString().replace("-", ""))
                        .setCreDtTm(now.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC)))
                .addTxInfAndSts(transfer));
        return message.document();
    }

    /** Builds what JAXB needs for each kind of message, which takes a second, and has Prowide keep it. */
    static void warmUp() {
        JaxbContextLoader.INSTANCE.setCacheImpl(new JaxbContextCacheImpl());
        parse("<Document xmlns=\"" + MxPacs00800108.NAMESPACE + "\"/>");
        parse("<Document xmlns=\"" + MxPacs00700109.NAMESPACE + "\"/>");
        parse("<Document xmlns=\"" + MxPacs02800103.NAMESPACE + "\"/>");
        new MxPacs00200110()
                .setFIToFIPmtStsRpt(new FIToFIPaymentStatusReportV10())
                .document();
    }

    private static @Nullable AbstractMX parse(String xml) {
        try {
            return xml.isBlank() ? null : AbstractMX.parse(xml);
        } catch (RuntimeException unreadable) {
            throw new BadMessageException("not readable as ISO 20022", unreadable);
        }
    }

    private static Money amount(@Nullable ActiveCurrencyAndAmount element, String name) {
        ActiveCurrencyAndAmount amount = require(element, name);
        try {
            return Money.ofDecimal(require(amount.getValue(), name), new Currency(require(amount.getCcy(), "Ccy")));
        } catch (IllegalArgumentException invalid) {
            throw new BadMessageException(name + ": " + invalid.getMessage(), invalid);
        }
    }

    private static String account(@Nullable CashAccount38 account, String name) {
        var id = require(require(account, name).getId(), name);
        return id.getIBAN() != null
                ? id.getIBAN()
                : require(require(id.getOthr(), name).getId(), name);
    }

    private static String reference(@Nullable RemittanceInformation16 remittance) {
        return remittance == null ? "" : String.join(" ", remittance.getUstrd());
    }

    private static <T> T one(List<T> found, String what) {
        if (found.size() != 1) {
            throw new BadMessageException("one " + what + " expected, not " + found.size());
        }
        return Objects.requireNonNull(found.getFirst());
    }
}
