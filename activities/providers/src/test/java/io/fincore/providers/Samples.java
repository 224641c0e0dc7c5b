package io.fincore.providers;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Transfers and reports that tests share. */
final class Samples {

    static final EndToEndId ID = EndToEndId.ofPayment("pay_01k9x2m4e6g8h0j2k4m6n8p0q2");
    static final EndToEndId OTHER_ID = EndToEndId.ofPayment("pay_01k9x2m4e6g8h0j2k4m6n8p0q3");

    static final EndToEndId RETURN_ID = EndToEndId.ofRefund("ref_01k9x2m4e6g8h0j2k4m6n8p0q4");

    static final String CHECK_ID = "act_01k9x2m4e6g8h0j2k4m6n8p0q5";

    static final SendGate OPEN = () -> true;

    private Samples() {}

    static CreditTransfer transfer() {
        return transfer(Money.of(1250, "EUR"));
    }

    static CreditTransfer transfer(Money amount) {
        return new CreditTransfer(
                ID,
                amount,
                "Jürgen Groß",
                "wal_01k9x2m4e6g8h0j2k4m6n8p0q2",
                "ACME & Söhne GmbH",
                "DE89370400440532013000",
                "COBADEFFXXX",
                "INV-1 „Åkerlund“",
                Instant.parse("2026-11-21T23:30:15.123456Z"));
    }

    static ReturnRequest returnRequest() {
        return returnRequest("doppelt „bezahlt“");
    }

    static ReturnRequest returnRequest(@Nullable String reason) {
        return new ReturnRequest(
                RETURN_ID, ID, Money.of(450, "EUR"), reason, Instant.parse("2026-11-24T08:15:30.987654Z"));
    }

    static KycCheck check() {
        return new KycCheck(CHECK_ID, "Jürgen Groß", LocalDate.parse("1990-02-28"), "DE");
    }

    static Notification notification() {
        return new Notification(
                "evt_01k9x2m4e6g8h0j2k4m6n8p0q6",
                "ada@example.com",
                "payment_completed",
                Map.of("name", "Ada", "b", "2", "amount", "EUR 12.50", "z", "4", "creditor", "ACME GmbH", "k", "3"));
    }

    static String report(String status) {
        return report(ID, status, "");
    }

    static String report(EndToEndId id, String status, String reason) {
        return document(transaction(id, status, reason));
    }

    static String transaction(EndToEndId id, String status, String reason) {
        return "<TxInfAndSts><OrgnlEndToEndId>" + id + "</OrgnlEndToEndId><TxSts>" + status + "</TxSts>" + reason
                + "<AcctSvcrRef>BANK-REF-7</AcctSvcrRef></TxInfAndSts>";
    }

    static String document(String transactions) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10"><FIToFIPmtStsRpt>
                <GrpHdr><MsgId>BANKMSG1</MsgId><CreDtTm>2026-11-21T10:00:00Z</CreDtTm></GrpHdr>
                """ + transactions + "</FIToFIPmtStsRpt></Document>";
    }
}
