package io.fincore.api.wallets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.prowidesoftware.swift.model.mx.dic.AccountStatement9;
import com.prowidesoftware.swift.model.mx.dic.BankTransactionCodeStructure4;
import com.prowidesoftware.swift.model.mx.dic.CreditDebitCode;
import com.prowidesoftware.swift.model.mx.dic.EntryTransaction10;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry10;
import io.fincore.api.lists.MoneyBody;
import io.fincore.ledger.Movement;
import io.fincore.ledger.Side;
import io.fincore.ledger.TransactionKind;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;

/** What a statement says as camt.053. */
class StatementCamtTest {

    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant BOOKED = Instant.parse("2026-11-21T10:00:00.123456Z");

    private final String wallet = IdType.WALLET.next();
    private final String friend = IdType.WALLET.next();
    private String currency = "EUR";

    @ParameterizedTest
    @CsvSource({"EUR,12.50,10.00,2.50", "JPY,1250,1000,250", "KWD,1.250,1.000,0.250"})
    void countsInTheDecimalsOfTheCurrency(String code, String got, String closing, String gave) throws IOException {
        currency = code;
        String xml = xml(
                0,
                movement(TransactionKind.DEPOSIT, Side.CREDIT, 1_250, null, null),
                movement(TransactionKind.WITHDRAWAL, Side.DEBIT, 250, null, null));

        AccountStatement9 statement = Camt.read(xml);

        assertThat(xml).contains("<Amt Ccy=\"" + code + "\">" + got + "</Amt>");
        assertThat(xml).contains("<Amt Ccy=\"" + code + "\">" + gave + "</Amt>");
        assertThat(Camt.amount(statement, "OPBD")).isEqualTo(new BigDecimal(closing).subtract(new BigDecimal(closing)));
        assertThat(Camt.amount(statement, "CLBD")).isEqualTo(closing);
        assertThat(statement.getAcct().getCcy()).isEqualTo(code);
        assertThat(statement.getAcct().getId().getOthr().getId()).isEqualTo(wallet);
    }

    @Test
    void saysWhichPeriodOfWhichWalletItIsAbout() throws IOException {
        String xml = xml(700);

        AccountStatement9 statement = Camt.read(xml);

        assertThat(xml)
                .startsWith(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                                + "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>req_")
                .contains(
                        "<FrToDt><FrDtTm>2026-11-01T00:00:00+00:00</FrDtTm><ToDtTm>2026-12-01T00:00:00+00:00</ToDtTm></FrToDt>")
                .contains("<Dt><DtTm>2026-12-01T00:00:00+00:00</DtTm></Dt>");
        assertThat(statement.getNtry()).isEmpty();
        assertThat(Camt.amount(statement, "OPBD")).isEqualTo("7.00");
        assertThat(Camt.amount(statement, "CLBD")).isEqualTo("7.00");
        assertThat(statement.getStmtPgntn().isLastPgInd()).isTrue();
        assertThat(statement.getId())
                .as("the same period is the same statement")
                .isEqualTo(Camt.read(xml(700)).getId());
    }

    @Test
    void entersATransferOnBothSides() throws IOException {
        Movement given = movement(TransactionKind.TRANSFER, Side.DEBIT, 300, friend, "rent <&> \"May\" é 🙂");
        Movement got = movement(TransactionKind.TRANSFER, Side.CREDIT, 50, friend, null);

        List<ReportEntry10> entries = Camt.read(xml(1_000, given, got)).getNtry();

        ReportEntry10 first = entries.getFirst();
        assertThat(first.getCdtDbtInd()).isEqualTo(CreditDebitCode.DBIT);
        assertThat(first.isRvslInd()).isNull();
        assertThat(first.getSts().getCd()).isEqualTo("BOOK");
        assertThat(first.getBookgDt().getDtTm().toInstant()).isEqualTo(BOOKED);
        assertThat(first.getValDt().getDt()).isEqualTo("2026-11-21");
        assertThat(first.getAcctSvcrRef()).isEqualTo(given.transactionId());
        assertThat(code(first)).isEqualTo("PMNT/ICDT/BOOK transfer");
        EntryTransaction10 details = details(first);
        assertThat(details.getAmt().getValue()).isEqualTo("3.00");
        assertThat(details.getCdtDbtInd()).isEqualTo(CreditDebitCode.DBIT);
        assertThat(details.getRefs().getAcctSvcrRef()).isEqualTo(given.transactionId());
        assertThat(details.getRefs().getEndToEndId()).isNull();
        assertThat(details.getRltdPties().getCdtrAcct().getId().getOthr().getId())
                .isEqualTo(friend);
        assertThat(details.getRltdPties().getDbtrAcct()).isNull();
        assertThat(details.getRmtInf().getUstrd()).containsExactly("rent <&> \"May\" é 🙂");
        ReportEntry10 second = entries.getLast();
        assertThat(second.getCdtDbtInd()).isEqualTo(CreditDebitCode.CRDT);
        assertThat(code(second)).isEqualTo("PMNT/RCDT/BOOK transfer");
        assertThat(details(second)
                        .getRltdPties()
                        .getDbtrAcct()
                        .getId()
                        .getOthr()
                        .getId())
                .isEqualTo(friend);
        assertThat(details(second).getRltdPties().getCdtrAcct()).isNull();
        assertThat(details(second).getRmtInf()).isNull();
    }

    @Test
    void marksAReversalWithWhatItTakesBack() throws IOException {
        String hold = IdType.HOLD.next();
        Movement paid = new Movement(
                1,
                IdType.TRANSACTION.next(),
                TransactionKind.SETTLEMENT,
                Side.DEBIT,
                money(300),
                money(0),
                null,
                "FC01K00000000000000000000000",
                hold,
                null,
                Map.of(),
                BOOKED);
        Movement back = reversal(Side.CREDIT, null, "FR01K00000000000000000000000", paid.transactionId());
        Movement takenFromFriend = reversal(Side.CREDIT, friend, "sent twice", IdType.TRANSACTION.next());
        Movement givenBack = reversal(Side.DEBIT, friend, null, IdType.TRANSACTION.next());

        List<ReportEntry10> entries =
                Camt.read(xml(1_000, paid, back, takenFromFriend, givenBack)).getNtry();

        assertThat(entries).extracting(ReportEntry10::isRvslInd).containsExactly(null, true, true, true);
        assertThat(entries)
                .extracting(StatementCamtTest::code)
                .containsExactly(
                        "PMNT/ICDT/OTHR settlement",
                        "PMNT/ICDT/OTHR reversal",
                        "PMNT/ICDT/BOOK reversal",
                        "PMNT/RCDT/BOOK reversal");
        assertThat(details(entries.get(0)).getRefs().getEndToEndId()).isEqualTo("FC01K00000000000000000000000");
        assertThat(details(entries.get(0)).getRmtInf()).isNull();
        assertThat(details(entries.get(0)).getRefs().getPrtry().getFirst().getRef())
                .isEqualTo(hold);
        assertThat(details(entries.get(1)).getRefs().getEndToEndId()).isEqualTo("FR01K00000000000000000000000");
        assertThat(details(entries.get(1)).getRefs().getPrtry().getFirst().getRef())
                .isEqualTo(paid.transactionId());
        assertThat(details(entries.get(2)).getRmtInf().getUstrd()).containsExactly("sent twice");
        assertThat(details(entries.get(2))
                        .getRltdPties()
                        .getCdtrAcct()
                        .getId()
                        .getOthr()
                        .getId())
                .as("who got it first")
                .isEqualTo(friend);
        assertThat(details(entries.get(3))
                        .getRltdPties()
                        .getDbtrAcct()
                        .getId()
                        .getOthr()
                        .getId())
                .isEqualTo(friend);
    }

    @Test
    void noTextBreaksTheDocument() throws IOException {
        String hostile = "]]></Ntry><!-- \u0001\u000b\u001f\ud800 x\udc00 \uffff\ufffe <?xml?> &amp; \u0085\t🙂";
        String exact = "é".repeat(140);

        List<ReportEntry10> entries = Camt.read(xml(
                        0,
                        movement(TransactionKind.DEPOSIT, Side.CREDIT, 1, null, hostile),
                        movement(TransactionKind.DEPOSIT, Side.CREDIT, 1, null, ""),
                        movement(TransactionKind.DEPOSIT, Side.CREDIT, 1, null, exact),
                        movement(TransactionKind.DEPOSIT, Side.CREDIT, 1, null, "x" + "🙂".repeat(71))))
                .getNtry();

        assertThat(details(entries.get(0)).getRmtInf().getUstrd())
                .containsExactly(
                        "]]></Ntry><!-- \ufffd\ufffd\ufffd\ufffd x\ufffd \ufffd\ufffd <?xml?> &amp; \u0085\t🙂");
        assertThat(details(entries.get(1)).getRmtInf()).isNull();
        assertThat(details(entries.get(2)).getRmtInf().getUstrd()).containsExactly(exact);
        assertThat(details(entries.get(3)).getRmtInf().getUstrd())
                .containsExactly("x" + "🙂".repeat(69), "🙂".repeat(2));
    }

    /** 18 digits are the most that a sum may have in ISO 20022. */
    @Test
    void leavesOutASumThatHasTooManyDigits() throws IOException {
        BigInteger much = BigInteger.valueOf(Money.MAX_MINOR_UNITS).multiply(BigInteger.TEN);
        StatementBody statement = new StatementBody(
                "statement",
                wallet,
                currency,
                FROM,
                TO,
                MoneyBody.of(money(0)),
                MoneyBody.of(money(7)),
                new TurnoverBody(much.add(BigInteger.valueOf(7)), currency, 11),
                new TurnoverBody(much, currency, 10),
                new Transactions(consumer -> {}));

        String xml = written(statement);

        assertThat(xml)
                .contains("<TxsSummry><TtlNtries><NbOfNtries>21</NbOfNtries><TtlNetNtry><Amt>0.07</Amt>"
                        + "<CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry></TtlNtries>"
                        + "<TtlCdtNtries><NbOfNtries>11</NbOfNtries></TtlCdtNtries>"
                        + "<TtlDbtNtries><NbOfNtries>10</NbOfNtries></TtlDbtNtries></TxsSummry>");
    }

    /** However many there are: what was handed over is on its way out soon, so nobody keeps it. */
    @Test
    void keepsNoEntryInMemory() throws IOException {
        CountingStream out = new CountingStream();
        int movements = 100_000;
        int shortest = 300;
        long[] mostBehind = {0};
        Movement each = movement(TransactionKind.DEPOSIT, Side.CREDIT, 1, null, null);
        StatementBody statement = body(0, movements, new Transactions(consumer -> {
            for (int i = 0; i < movements; i++) {
                consumer.accept(each);
                mostBehind[0] = Math.max(mostBehind[0], (long) i * shortest - out.bytes);
            }
        }));

        new StatementCamt().write(statement, null, out.message());

        assertThat(out.bytes).isGreaterThan((long) movements * shortest);
        assertThat(mostBehind[0]).as("bytes that are held back").isLessThan(64 * 1024);
    }

    @Test
    void endsWhenTheClientHasGone() {
        IOException gone = new IOException("connection reset");
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw gone;
            }
        };
        List<Movement> handedOver = new ArrayList<>();
        StatementBody statement = body(0, 10_000, new Transactions(consumer -> {
            for (int i = 0; i < 10_000; i++) {
                Movement next = movement(TransactionKind.DEPOSIT, Side.CREDIT, 1, null, null);
                consumer.accept(next);
                handedOver.add(next);
            }
        }));

        assertThatThrownBy(() -> new StatementCamt().write(statement, null, message(broken)))
                .isSameAs(gone);
        assertThat(handedOver).hasSizeLessThan(100);
    }

    private String xml(long opening, Movement... movements) throws IOException {
        return written(body(opening, movements));
    }

    private StatementBody body(long opening, Movement... movements) {
        long credits = sum(Side.CREDIT, movements);
        long debits = sum(Side.DEBIT, movements);
        return new StatementBody(
                "statement",
                wallet,
                currency,
                FROM,
                TO,
                MoneyBody.of(money(opening)),
                MoneyBody.of(money(opening + credits - debits)),
                new TurnoverBody(BigInteger.valueOf(credits), currency, count(Side.CREDIT, movements)),
                new TurnoverBody(BigInteger.valueOf(debits), currency, count(Side.DEBIT, movements)),
                new Transactions(consumer -> List.of(movements).forEach(consumer)));
    }

    private StatementBody body(long opening, long credits, Transactions transactions) {
        return new StatementBody(
                "statement",
                wallet,
                currency,
                FROM,
                TO,
                MoneyBody.of(money(opening)),
                MoneyBody.of(money(opening + credits)),
                new TurnoverBody(BigInteger.valueOf(credits), currency, credits),
                new TurnoverBody(BigInteger.ZERO, currency, 0),
                transactions);
    }

    private static String written(StatementBody statement) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StatementCamt().write(statement, null, message(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private Movement movement(
            TransactionKind kind, Side side, long amount, @Nullable String counterpart, @Nullable String reference) {
        return new Movement(
                1,
                IdType.TRANSACTION.next(),
                kind,
                side,
                money(amount),
                money(0),
                counterpart,
                reference,
                null,
                null,
                Map.of(),
                BOOKED);
    }

    private Movement reversal(Side side, @Nullable String counterpart, @Nullable String reference, String reverses) {
        return new Movement(
                1,
                IdType.TRANSACTION.next(),
                TransactionKind.REVERSAL,
                side,
                money(50),
                money(0),
                counterpart,
                reference,
                null,
                reverses,
                Map.of(),
                BOOKED);
    }

    private Money money(long minorUnits) {
        return Money.of(minorUnits, currency);
    }

    private static long sum(Side side, Movement... movements) {
        return List.of(movements).stream()
                .filter(each -> each.side() == side)
                .mapToLong(each -> each.amount().minorUnits())
                .sum();
    }

    private static long count(Side side, Movement... movements) {
        return List.of(movements).stream().filter(each -> each.side() == side).count();
    }

    private static EntryTransaction10 details(ReportEntry10 entry) {
        return entry.getNtryDtls().getFirst().getTxDtls().getFirst();
    }

    private static String code(ReportEntry10 entry) {
        BankTransactionCodeStructure4 code = entry.getBkTxCd();
        return code.getDomn().getCd() + "/" + code.getDomn().getFmly().getCd() + "/"
                + code.getDomn().getFmly().getSubFmlyCd() + " "
                + code.getPrtry().getCd();
    }

    private static HttpOutputMessage message(OutputStream out) {
        HttpHeaders headers = new HttpHeaders();
        return new HttpOutputMessage() {
            @Override
            public OutputStream getBody() {
                return out;
            }

            @Override
            public HttpHeaders getHeaders() {
                return headers;
            }
        };
    }

    private static final class CountingStream extends OutputStream {

        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) {
            bytes += length;
        }

        HttpOutputMessage message() {
            return StatementCamtTest.message(this);
        }
    }
}
