package io.fincore.providers;

import com.prowidesoftware.swift.model.mx.MxPacs02800103;
import com.prowidesoftware.swift.model.mx.dic.FIToFIPaymentStatusRequestV03;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader91;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransaction113;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes pacs.028.001.03, FI to FI payment status request, for one transfer. */
final class StatusInquiryMessage {

    private StatusInquiryMessage() {}

    static String xml(EndToEndId id, Clock clock) {
        GroupHeader91 header = new GroupHeader91();
        header.setMsgId(messageId());
        header.setCreDtTm(
                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS));

        PaymentTransaction113 transfer = new PaymentTransaction113();
        transfer.setOrgnlEndToEndId(id.value());

        MxPacs02800103 message = new MxPacs02800103();
        message.setFIToFIPmtStsReq(
                new FIToFIPaymentStatusRequestV03().setGrpHdr(header).addTxInf(transfer));
        return message.document();
    }

    /** Each inquiry is a message of its own. The underscore of our ids is not in SWIFT's character set. */
    private static String messageId() {
        return IdType.REQUEST.next().replace("_", "").toUpperCase(Locale.ROOT);
    }
}
