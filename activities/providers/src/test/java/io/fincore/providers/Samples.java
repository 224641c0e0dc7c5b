package io.fincore.providers;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import java.time.Instant;

/** Transfers and reports that tests share. */
final class Samples {

    static final EndToEndId ID = EndToEndId.ofPayment("pay_01k9x2m4e6g8h0j2k4m6n8p0q2");
    static final EndToEndId OTHER_ID = EndToEndId.ofPayment("pay_01k9x2m4e6g8h0j2k4m6n8p0q3");

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
