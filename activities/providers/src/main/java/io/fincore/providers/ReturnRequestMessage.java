package io.fincore.providers;

import com.prowidesoftware.swift.model.mx.MxPacs00700109;
import com.prowidesoftware.swift.model.mx.dic.ActiveCurrencyAndAmount;
import com.prowidesoftware.swift.model.mx.dic.FIToFIPaymentReversalV09;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader89;
import com.prowidesoftware.swift.model.mx.dic.OriginalGroupInformation29;
import com.prowidesoftware.swift.model.mx.dic.PaymentReversalReason9;
import com.prowidesoftware.swift.model.mx.dic.PaymentTransaction111;
import com.prowidesoftware.swift.model.mx.dic.ReversalReason4Choice;
import com.prowidesoftware.swift.model.mx.dic.SettlementInstruction7;
import com.prowidesoftware.swift.model.mx.dic.SettlementMethod1Code;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes pacs.007.001.09, FI to FI payment reversal, for one return. ISO 20022 knows three ways back for a settled transfer:
 *
 * <ul>
 *   <li>camt.056, the recall, asks for the whole transfer: it has no field for a part, and is answered by camt.029.
 *   <li>pacs.004, the return, is sent by whoever has the money, along with the money. Sent by us, it would tell the bank that we pay.
 *   <li>pacs.007, the reversal, is sent by the side that made the payment. It has an id of its own and an amount of its own, which may be
 *       less than the original's, and its fate is told by pacs.002 and asked for by pacs.028, as a transfer's is. So it is this one.
 * </ul>
 *
 * <p>The message is a function of the request alone, as a {@link CreditTransferMessage} is of the transfer.
 */
final class ReturnRequestMessage {

    /** ISO 20022 external reversal reason: not specified by the customer. The codes know duplicates and frauds, not second thoughts. */
    private static final String NOT_SPECIFIED_BY_CUSTOMER = "MS02";

    private static final String ORIGINAL_MESSAGE = "pacs.008.001.08";

    /** Of one line of additional information. */
    private static final int MAX_REASON_LENGTH = 105;

    private ReturnRequestMessage() {}

    static String xml(ReturnRequest request) {
        String id = request.id().value();
        String original = request.original().value();
        OffsetDateTime createdAt =
                OffsetDateTime.ofInstant(request.createdAt().truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);

        GroupHeader89 header = new GroupHeader89()
                .setMsgId(id)
                .setCreDtTm(createdAt)
                .setNbOfTxs("1")
                .setSttlmInf(new SettlementInstruction7().setSttlmMtd(SettlementMethod1Code.CLRG));

        PaymentTransaction111 transaction = new PaymentTransaction111()
                .setRvslId(id)
                .setOrgnlGrpInf(
                        new OriginalGroupInformation29().setOrgnlMsgId(original).setOrgnlMsgNmId(ORIGINAL_MESSAGE))
                .setOrgnlInstrId(original)
                .setOrgnlEndToEndId(original)
                .setOrgnlTxId(original)
                .setRvsdIntrBkSttlmAmt(new ActiveCurrencyAndAmount()
                        .setCcy(request.amount().currency().code())
                        .setValue(request.amount().toDecimal()))
                .setIntrBkSttlmDt(createdAt.toLocalDate())
                .addRvslRsnInf(reason(request.reason()));

        MxPacs00700109 message = new MxPacs00700109();
        message.setFIToFIPmtRvsl(
                new FIToFIPaymentReversalV09().setGrpHdr(header).addTxInf(transaction));
        return message.document();
    }

    private static PaymentReversalReason9 reason(@Nullable String words) {
        PaymentReversalReason9 reason =
                new PaymentReversalReason9().setRsn(new ReversalReason4Choice().setCd(NOT_SPECIFIED_BY_CUSTOMER));
        String written = words == null ? "" : SwiftText.of(words, MAX_REASON_LENGTH);
        return written.isEmpty() ? reason : reason.addAddtlInf(written);
    }
}
