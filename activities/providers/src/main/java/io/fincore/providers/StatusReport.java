package io.fincore.providers;

import com.prowidesoftware.swift.model.mx.AbstractMX;
import com.prowidesoftware.swift.model.mx.MxPacs00200110;
import com.prowidesoftware.swift.model.mx.dic.FIToFIPaymentStatusReportV10;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader91;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransaction110;
import com.prowidesoftware.swift.model.mx.dic.StatusReason6Choice;
import com.prowidesoftware.swift.model.mx.dic.StatusReasonInformation12;
import io.fincore.money.EndToEndId;
import io.fincore.providers.Reply.Told;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads pacs.002.001.10, FI to FI payment status report, about a transfer or a return, which reports name alike by its end-to-end
 * id. A report is believed only if it is about exactly one, and that is ours; a status code that we do not know is no answer. Prowide parses with document types and external entities forbidden.
 */
final class StatusReport {

    /** ISO 20022 external status reason: the reason is told in words only. */
    private static final String NARRATIVE = "NARR";

    private StatusReport() {}

    /** What the bank says of the transfer, by a 200, or by a 4xx that comes with a rejection of this very transfer. */
    static Reply<BankStatus> read(int status, String xml, EndToEndId expected) {
        if (status == 200) {
            return read(xml, expected);
        }
        if (status >= 400
                && status < 500
                && read(xml, expected) instanceof Told<BankStatus> told
                && told.answer() instanceof BankStatus.Rejected) {
            return told;
        }
        return Reply.ofStatus(status);
    }

    private static Reply<BankStatus> read(String xml, EndToEndId expected) {
        if (!(parse(xml) instanceof MxPacs00200110 message) || message.getFIToFIPmtStsRpt() == null) {
            return unclear("the answer is not a pacs.002.001.10");
        }
        FIToFIPaymentStatusReportV10 report = message.getFIToFIPmtStsRpt();
        List<PaymentTransaction110> transfers = report.getTxInfAndSts();
        if (transfers.size() != 1) {
            return unclear("the answer reports on " + transfers.size() + " transfers");
        }
        PaymentTransaction110 transfer = transfers.getFirst();
        if (!expected.value().equals(transfer.getOrgnlEndToEndId())) {
            return unclear("the answer is about another end-to-end id");
        }
        return status(transfer, report.getGrpHdr());
    }

    /** @param detail for operators; holds nothing that the bank wrote but codes and ids */
    private static Reply<BankStatus> unclear(String detail) {
        return new Reply.Untold<>(Reply.Cause.UNCLEAR, detail);
    }

    private static @Nullable AbstractMX parse(String xml) {
        if (xml.isBlank()) {
            return null;
        }
        try {
            return AbstractMX.parse(xml);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    private static Reply<BankStatus> status(PaymentTransaction110 transfer, @Nullable GroupHeader91 header) {
        String code = Objects.requireNonNullElse(transfer.getTxSts(), "");
        return switch (code) {
            case "ACSC", "ACCC" -> new Told<>(new BankStatus.Settled(reference(transfer, header)));
            case "RCVD", "ACTC", "ACCP", "ACFC", "ACSP", "ACWC", "ACWP", "PDNG" ->
                new Told<>(new BankStatus.Accepted(reference(transfer, header)));
            case "RJCT" -> new Told<>(rejected(transfer.getStsRsnInf()));
            default -> unclear("the answer has the unknown status '" + code + "'");
        };
    }

    /** The bank's own name for the transfer; where it gives none, that of its report. Empty if it gives neither. */
    private static String reference(PaymentTransaction110 transfer, @Nullable GroupHeader91 header) {
        return Stream.of(
                        transfer.getAcctSvcrRef(),
                        transfer.getClrSysRef(),
                        transfer.getStsId(),
                        header == null ? null : header.getMsgId())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static BankStatus.Rejected rejected(List<StatusReasonInformation12> reasons) {
        if (reasons.isEmpty()) {
            return new BankStatus.Rejected(NARRATIVE, "");
        }
        StatusReasonInformation12 first = reasons.getFirst();
        StatusReason6Choice reason = first.getRsn();
        String detail = String.join(" ", first.getAddtlInf());
        if (reason == null) {
            return new BankStatus.Rejected(NARRATIVE, detail);
        }
        if (reason.getCd() != null) {
            return new BankStatus.Rejected(reason.getCd(), detail);
        }
        return new BankStatus.Rejected(Objects.requireNonNullElse(reason.getPrtry(), NARRATIVE), detail);
    }
}
