package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.prowidesoftware.swift.model.mx.dic.AccountStatement9;
import com.prowidesoftware.swift.model.mx.dic.ReportEntry10;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.api.wallets.Camt;
import io.fincore.ledger.Deposit;
import io.fincore.ledger.Ledger;
import io.fincore.ledger.PlaceHold;
import io.fincore.ledger.Reverse;
import io.fincore.ledger.SettleHold;
import io.fincore.ledger.Wallets;
import io.fincore.ledger.Withdrawal;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Balances of the past, transactions and statements. */
class HistoryTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final Ledger ledger = new Ledger(api.platform().database.as(DatabaseRole.WORKER));
    private final String wallet = ada.newWallet("EUR", 0);
    private final String path = "/v1/wallets/" + wallet;

    @Test
    void tellsTheBalanceOfAnInstantThatHasPassed() {
        String before =
                Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS).toString();
        String booked = move("deposits", 1_000).path("created_at").asText();
        String hold = IdType.HOLD.next();
        ledger.placeHold(new PlaceHold("hold-" + hold, hold, wallet, Money.of(400, "EUR")));
        String held = now();
        move("withdrawals", 100);

        assertThat(balanceAt(before).toString()).isEqualTo("""
                        {"object":"balance","wallet":"%s","balance":{"amount":0,"currency":"EUR"},\
                        "available":{"amount":0,"currency":"EUR"},"pending_holds":null,"at":"%s"}""".formatted(wallet, before));
        assertThat(amounts(balanceAt(booked))).containsExactly(1_000L, 1_000L);
        assertThat(amounts(balanceAt(held))).containsExactly(1_000L, 600L);
        assertThat(amounts(ada.get(path + "/balance").json())).containsExactly(900L, 500L);
        assertThat(balanceAt("2026-01-01T01:00:00+01:00").path("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void refusesInstantsThatAreNoneOrStillToCome() {
        for (String at : List.of(
                "yesterday",
                "2026-01-01",
                "1767225600",
                "",
                "-0001-01-01T00:00:00Z",
                "+999999999-01-01T00:00:00Z",
                Instant.now().plusSeconds(3600).toString())) {
            assertRefused(ada.get(path + "/balance?at=" + encoded(at)), "at");
        }
        assertThat(api.user("eve-" + IdType.REQUEST.next())
                        .get(path + "/balance?at=2026-01-01T00:00:00Z")
                        .code())
                .isEqualTo("wallet_not_found");
    }

    @Test
    void showsEveryKindOfTransactionAsTheWalletSeesIt() {
        String other = ada.newWallet("EUR", 0);
        JsonNode deposit = move("deposits", 1_000, ",\"reference\":\"salary\",\"metadata\":{\"a\":\"b\"}");
        String transfer = ada.order(
                        "/v1/transfers",
                        "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":200,\"currency\":\"EUR\"}"
                                .formatted(wallet, other))
                .json()
                .path("id")
                .asText();
        String hold = IdType.HOLD.next();
        Money amount = Money.of(300, "EUR");
        ledger.placeHold(new PlaceHold("hold-" + hold, hold, wallet, amount));
        ledger.settleHold(new SettleHold("settle-" + hold, hold, amount, "INV-1"));
        String settlement = ids("type=settlement").getFirst();
        ledger.reverse(new Reverse("reverse-" + hold, settlement, Money.of(50, "EUR"), null));
        move("withdrawals", 10);

        JsonNode data = ada.get(path + "/transactions").json().path("data");

        assertThat(data.findValuesAsText("type"))
                .containsExactly("withdrawal", "reversal", "settlement", "transfer", "deposit");
        assertThat(data.findValuesAsText("direction")).containsExactly("debit", "credit", "debit", "debit", "credit");
        assertThat(data.findValues("balance_after").stream()
                        .map(each -> each.path("amount").asLong()))
                .containsExactly(540L, 550L, 500L, 800L, 1_000L);
        assertThat(data.findValuesAsText("counterpart")).containsExactly("null", "null", "null", other, "null");
        assertThat(data.findValuesAsText("hold")).containsExactly("null", "null", hold, "null", "null");
        assertThat(data.findValuesAsText("reverses")).containsExactly("null", settlement, "null", "null", "null");
        assertThat(data.path(3).path("id").asText()).isEqualTo(transfer);
        assertThat(data.path(4).toString()).isEqualTo("""
                        {"id":"%s","object":"transaction","type":"deposit","direction":"credit","amount":1000,"currency":"EUR",\
                        "balance_after":{"amount":1000,"currency":"EUR"},"counterpart":null,"reference":"salary","hold":null,\
                        "reverses":null,"metadata":{"a":"b"},"created_at":"%s"}""".formatted(
                        deposit.path("id").asText(), deposit.path("created_at").asText()));
        JsonNode mirrored =
                ada.get("/v1/wallets/" + other + "/transactions").json().path("data");
        assertThat(mirrored).hasSize(1);
        assertThat(mirrored.path(0).path("id").asText()).isEqualTo(transfer);
        assertThat(mirrored.path(0).path("direction").asText()).isEqualTo("credit");
        assertThat(mirrored.path(0).path("counterpart").asText()).isEqualTo(wallet);
    }

    @Test
    void pagesThroughTransactionsBothWays() {
        List<String> ids = new ArrayList<>();
        for (int amount = 1; amount <= 5; amount++) {
            ids.addFirst(move("deposits", amount).path("id").asText());
        }

        JsonNode first = page("");
        JsonNode second = page("&starting_after=" + ids.get(1));
        JsonNode last = page("&starting_after=" + ids.get(3));
        JsonNode back = page("&ending_before=" + ids.get(3));

        assertThat(first.path("object").asText()).isEqualTo("list");
        assertThat(first.path("url").asText()).isEqualTo(path + "/transactions");
        assertThat(Api.texts(first.path("data"), "id")).isEqualTo(ids.subList(0, 2));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(Api.texts(second.path("data"), "id")).isEqualTo(ids.subList(2, 4));
        assertThat(second.path("has_more").asBoolean()).isTrue();
        assertThat(Api.texts(last.path("data"), "id")).isEqualTo(ids.subList(4, 5));
        assertThat(last.path("has_more").asBoolean()).isFalse();
        assertThat(Api.texts(back.path("data"), "id")).isEqualTo(ids.subList(1, 3));
        assertThat(back.path("has_more").asBoolean()).isTrue();
    }

    private JsonNode page(String cursor) {
        return ada.get(path + "/transactions?limit=2" + cursor).json();
    }

    @Test
    void filtersByTypeAmountTimeCounterpartAndMetadata() {
        String other = ada.newWallet("EUR", 0);
        String ten = move("deposits", 10, ",\"metadata\":{\"order\":\"7\",\"shop\":\"a b\"}")
                .path("id")
                .asText();
        JsonNode twenty = move("deposits", 20, ",\"metadata\":{\"order\":\"8\",\"note\":\"\"}");
        JsonNode five = move("withdrawals", 5);
        String moved = ada.order(
                        "/v1/transfers",
                        "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":7,\"currency\":\"EUR\"}"
                                .formatted(wallet, other))
                .json()
                .path("id")
                .asText();
        String second = twenty.path("id").asText();
        String third = five.path("id").asText();

        assertThat(ids("type=deposit")).containsExactly(second, ten);
        assertThat(ids("type=reversal")).isEmpty();
        assertThat(ids("amount[gte]=7&amount[lte]=10")).containsExactly(moved, ten);
        assertThat(ids("created[gte]=" + twenty.path("created_at").asText() + "&created[lt]="
                        + five.path("created_at").asText()))
                .containsExactly(second);
        assertThat(ids("counterpart=" + other)).containsExactly(moved);
        assertThat(ids("metadata[order]=7")).containsExactly(ten);
        assertThat(ids("metadata[order]=7&metadata[shop]=a%20b")).containsExactly(ten);
        assertThat(ids("metadata[order]=7&metadata[shop]=c")).isEmpty();
        assertThat(ids("metadata[note]=")).containsExactly(second);
        // A character that Unicode has not assigned, as this Java knows it.
        assertThat(ids("metadata[%F1%93%94%BD]=7")).isEmpty();
        assertThat(ids("metadata[order]=8&type=deposit&limit=1")).containsExactly(second);
        assertThat(ids("type=withdrawal&starting_after=" + moved)).containsExactly(third);
    }

    private List<String> ids(String query) {
        Reply reply =
                ada.get(path + "/transactions?" + query.replace("[", "%5B").replace("]", "%5D"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return Api.texts(reply.json().path("data"), "id");
    }

    @Test
    void refusesFiltersThatItDoesNotKnow() {
        String foreign = IdType.TRANSACTION.next();
        List<List<String>> wrong = List.of(
                List.of("kind=deposit", "kind"),
                List.of("type=gift", "type"),
                List.of("type=", "type"),
                List.of("amount[gte]=ten", "amount[gte]"),
                List.of("amount[gt]=10", "amount[gt]"),
                List.of("created[gte]=yesterday", "created[gte]"),
                List.of("counterpart=bank", "counterpart"),
                List.of("metadata=x", "metadata"),
                List.of("metadata[]=x", "metadata[]"),
                List.of("metadata[" + "k".repeat(41) + "]=x", "metadata[" + "k".repeat(41) + "]"),
                List.of("metadata[a]=" + "x".repeat(501), "metadata[a]"),
                List.of("metadata[a]=%00", "metadata[a]"),
                List.of("metadata[a]=1&metadata[a]=2", "metadata[a]"),
                List.of("limit=0", "limit"),
                List.of("starting_after=last", "starting_after"),
                List.of("starting_after=" + foreign, "starting_after"),
                List.of("ending_before=" + foreign, "ending_before"));

        for (List<String> each : wrong) {
            Reply reply = ada.get(path + "/transactions?"
                    + each.getFirst().replace("[", "%5B").replace("]", "%5D"));
            assertRefused(reply, each.getLast());
        }
    }

    @Test
    void aStatementAddsUp() {
        JsonNode first = move("deposits", 1_000);
        String from = move("deposits", 500, ",\"reference\":\"a, \\\"b\\\"\"")
                .path("created_at")
                .asText();
        JsonNode spent = move("withdrawals", 300);
        String to = move("deposits", 7).path("created_at").asText();
        awaitPast(to);

        JsonNode statement = statement(from, to).json();

        assertThat(statement.path("object").asText()).isEqualTo("statement");
        assertThat(statement.path("wallet").asText()).isEqualTo(wallet);
        assertThat(statement.path("currency").asText()).isEqualTo("EUR");
        assertThat(statement.path("from").asText()).isEqualTo(from);
        assertThat(statement.path("to").asText()).isEqualTo(to);
        assertThat(statement.path("opening_balance").path("amount").asLong()).isEqualTo(1_000);
        assertThat(statement.path("credits").path("amount").asLong()).isEqualTo(500);
        assertThat(statement.path("debits").path("amount").asLong()).isEqualTo(300);
        assertThat(statement.path("closing_balance").path("amount").asLong()).isEqualTo(1_200);
        assertThat(statement.path("transactions").findValuesAsText("type")).containsExactly("deposit", "withdrawal");
        assertThat(statement.path("transactions").path(1))
                .isEqualTo(ada.get(path + "/transactions?type=withdrawal")
                        .json()
                        .path("data")
                        .path(0));
        assertThat(spent.path("id"))
                .isEqualTo(statement.path("transactions").path(1).path("id"));
        JsonNode nothing = statement(from, from).json();
        assertThat(nothing.path("transactions")).isEmpty();
        assertThat(nothing.path("opening_balance")).isEqualTo(nothing.path("closing_balance"));
        assertThat(first.path("balance_after")).isEqualTo(statement.path("opening_balance"));
    }

    @Test
    void aStatementIsCsvIfAskedFor() {
        String from = now();
        JsonNode got = move("deposits", 500, ",\"reference\":\"a, \\\"b\\\"\"");
        JsonNode spent = move("withdrawals", 300);
        String to = now();

        Reply csv = api.send(ada.request(path + "/statement?from=" + from + "&to=" + to)
                .header("Accept", "text/csv")
                .GET());
        Reply refused = api.send(ada.request(path + "/statement?from=" + to + "&to=" + from)
                .header("Accept", "text/csv")
                .GET());

        assertThat(csv.status()).as(csv.text()).isEqualTo(200);
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.text()).isEqualTo("""
                        id,type,direction,amount,currency,balance_after,counterpart,reference,hold,reverses,created_at\r
                        ,opening_balance,,,EUR,0,,,,,%s\r
                        %s,deposit,credit,500,EUR,500,,"a, ""b""\",,,%s\r
                        %s,withdrawal,debit,300,EUR,200,,,,,%s\r
                        ,closing_balance,,,EUR,200,,,,,%s\r
                        """.formatted(
                        from,
                        got.path("id").asText(),
                        got.path("created_at").asText(),
                        spent.path("id").asText(),
                        spent.path("created_at").asText(),
                        to));
        assertRefused(refused, "to");
    }

    /** OWASP's list: spreadsheets carry out what begins with these. */
    @Test
    void noReferenceIsAFormulaInCsv() {
        List<String> formulas = List.of("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\",\"a\")", "\uff1d1");
        String from = now();
        for (String formula : formulas) {
            move("deposits", 5, ",\"reference\":\"" + formula.replace("\"", "\\\"") + "\"");
        }
        // The API takes no control characters; the book may have them from elsewhere.
        Wallets wallets = new Wallets(api.platform().database.as(DatabaseRole.API));
        wallets.deposit(new Deposit("tab-" + wallet, wallet, Money.of(5, "EUR"), "\t=1"));
        wallets.deposit(new Deposit("return-" + wallet, wallet, Money.of(5, "EUR"), "\r=1"));
        wallets.deposit(new Deposit("harmless-" + wallet, wallet, Money.of(5, "EUR"), "a=1"));

        String csv = statement(from, now(), "text/csv").text();

        assertThat(csv).contains(",\"'\r=1\",");
        List<String> references = Stream.of(csv.split("\r\n"))
                .filter(line -> line.contains(",deposit,") && !line.contains("\r"))
                .map(line -> line.replaceFirst("(.*?,){7}(.*),,,.*", "$2"))
                .toList();
        assertThat(references)
                .containsExactly(
                        "'=1+1",
                        "'+1",
                        "'-1",
                        "'@SUM(A1)",
                        "\"'=HYPERLINK(\"\"http://x\"\",\"\"a\"\")\"",
                        "'\uff1d1",
                        "'\t=1",
                        "a=1");
    }

    @ParameterizedTest
    @CsvSource({"EUR,12.50", "JPY,1250", "KWD,1.250"})
    void aStatementIsCamt053IfAskedForXml(String currency, String deposit) {
        String mine = ada.newWallet(currency, 0);
        String other = ada.newWallet(currency, 0);
        String from = now();
        String hold = IdType.HOLD.next();
        order(
                "/v1/wallets/" + mine + "/deposits",
                "{\"amount\":1250,\"currency\":\"%s\",\"reference\":\"<a> & b\"}",
                currency);
        transfer(mine, other, 300, currency);
        transfer(other, mine, 100, currency);
        ledger.placeHold(new PlaceHold("hold-" + hold, hold, mine, Money.of(40, currency)));
        ledger.settleHold(new SettleHold("settle-" + hold, hold, Money.of(40, currency), "FC" + hold.substring(4)));
        ledger.reverse(new Reverse("reverse-" + hold, newest(mine), Money.of(15, currency), "FR" + hold.substring(4)));
        order("/v1/wallets/" + mine + "/withdrawals", "{\"amount\":25,\"currency\":\"%s\"}", currency);
        String to = now();

        Reply reply = api.send(ada.request("/v1/wallets/" + mine + "/statement?from=" + from + "&to=" + to)
                .header("Accept", "application/xml")
                .GET());

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/xml;charset=UTF-8");
        assertThat(reply.header("ETag")).isEmpty();
        AccountStatement9 statement = Camt.read(reply.text());
        assertThat(statement.getAcct().getId().getOthr().getId()).isEqualTo(mine);
        assertThat(statement.getFrToDt().getFrDtTm().toInstant()).isEqualTo(from);
        assertThat(statement.getFrToDt().getToDtTm().toInstant()).isEqualTo(to);
        assertThat(statement.getNtry())
                .extracting(entry -> entry.getBkTxCd().getPrtry().getCd())
                .containsExactly("deposit", "transfer", "transfer", "settlement", "reversal", "withdrawal");
        assertThat(statement.getNtry().getFirst().getAmt().getValue()).isEqualTo(deposit);
        assertThat(statement.getNtry())
                .extracting(ReportEntry10::isRvslInd)
                .containsExactly(null, null, null, null, true, null);
        assertThat(Camt.amount(statement, "CLBD"))
                .isEqualTo(Money.of(1_000, currency).toDecimal());
        JsonNode json = ada.get("/v1/wallets/" + mine + "/statement?from=" + from + "&to=" + to)
                .json();
        assertThat(statement.getNtry())
                .extracting(ReportEntry10::getAcctSvcrRef)
                .isEqualTo(Api.texts(json.path("transactions"), "id"));
        assertThat(json.path("closing_balance").path("amount").asLong()).isEqualTo(1_000);
        assertThat(json.path("credits").toString())
                .isEqualTo("{\"amount\":1365,\"currency\":\"" + currency + "\",\"transactions\":3}");
    }

    @Test
    void aStatementOfAPeriodWithoutTransactionsIsCamt053Too() {
        String at = now();

        AccountStatement9 statement =
                Camt.read(statement(at, at, "application/xml").text());

        assertThat(statement.getNtry()).isEmpty();
        assertThat(Camt.amount(statement, "OPBD")).isEqualTo("0.00");
        assertThat(Camt.amount(statement, "CLBD")).isEqualTo("0.00");
    }

    @Test
    void anythingElseThanAStatementIsAProblemInJson() {
        String at = now();

        Reply unknown = statement(at, at, "application/pdf");
        Reply refused = statement(at, Instant.now().plusSeconds(3600).toString(), "application/xml");
        Reply foreign = api.send(api.user("eve-" + IdType.REQUEST.next())
                .request(path + "/statement?from=" + at + "&to=" + at)
                .header("Accept", "application/xml")
                .GET());

        assertThat(unknown.status()).isEqualTo(406);
        assertThat(unknown.code()).isEqualTo("not_acceptable");
        assertRefused(refused, "to");
        assertThat(foreign.code()).isEqualTo("wallet_not_found");
        assertThat(List.of(unknown, refused, foreign))
                .allSatisfy(reply -> assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json"));
        assertThat(statement(at, at, "*/*").header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void sumsUpMoreThanAnAmountCanBe() {
        Wallets wallets = new Wallets(api.platform().database.as(DatabaseRole.API));
        Money most = Money.of(Money.MAX_MINOR_UNITS, "EUR");
        String from = now();
        for (int i = 0; i < 10; i++) {
            wallets.deposit(new Deposit("most-" + wallet + i, wallet, most, null));
            wallets.withdraw(new Withdrawal("none-" + wallet + i, wallet, most, null, Map.of()));
        }
        String to = now();

        assertThat(statement(from, to).text())
                .contains("\"credits\":{\"amount\":9999999999999999990,\"currency\":\"EUR\",\"transactions\":10}")
                .contains("\"debits\":{\"amount\":9999999999999999990,\"currency\":\"EUR\",\"transactions\":10}");
        assertThat(statement(from, to, "text/csv").text().lines()).hasSize(23);
        assertThat(statement(from, to, "application/xml").text())
                .contains("<TtlCdtNtries><NbOfNtries>10</NbOfNtries></TtlCdtNtries>")
                .contains("<Amt Ccy=\"EUR\">9999999999999999.99</Amt>");
    }

    private String newest(String walletId) {
        return ada.get("/v1/wallets/" + walletId + "/transactions?limit=1")
                .json()
                .path("data")
                .path(0)
                .path("id")
                .asText();
    }

    private void transfer(String source, String destination, long amount, String currency) {
        order(
                "/v1/transfers",
                "{\"source\":\"" + source + "\",\"destination\":\"" + destination + "\",\"amount\":" + amount
                        + ",\"currency\":\"%s\"}",
                currency);
    }

    private void order(String target, String body, String currency) {
        Reply reply = ada.order(target, body.formatted(currency));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    @Test
    void aStatementHasAsManyTransactionsAsThereAre() {
        String from = now();
        depositManyTimes();

        Reply reply = statement(from, now());

        assertThat(reply.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(reply.header("ETag")).isEmpty();
        JsonNode transactions = reply.json().path("transactions");
        assertThat(transactions).hasSize(700);
        assertThat(transactions.path(699).path("amount").asLong()).isEqualTo(700);
        assertThat(reply.json().path("credits").path("amount").asLong()).isEqualTo(700 * 701 / 2);
    }

    @Test
    void aStatementThatBreaksOffIsNotTakenForAWholeOne() {
        String from = now();
        depositManyTimes();
        String to = now();
        new JdbcTemplate(api.platform().database.asSuperuser())
                .execute("""
                        SET session_replication_role = replica;
                        UPDATE ledger.transaction SET metadata = '{"a":null}' WHERE id = '%s';
                        RESET session_replication_role
                        """.formatted(ids("limit=1").getFirst()));

        assertThatThrownBy(() -> statement(from, to)).hasRootCauseInstanceOf(IOException.class);
    }

    private void depositManyTimes() {
        Wallets wallets = new Wallets(api.platform().database.as(DatabaseRole.API));
        for (int i = 1; i <= 700; i++) {
            wallets.deposit(new Deposit("many-" + wallet + i, wallet, Money.of(i, "EUR"), "the " + i + "th of many"));
        }
    }

    @Test
    void refusesAStatementOfNoPeriodThatIsOver() {
        String past = "2026-01-01T00:00:00Z";
        String future = Instant.now().plusSeconds(3600).toString();

        assertRefused(ada.get(path + "/statement?to=" + past), "from");
        assertRefused(ada.get(path + "/statement?from=" + past), "to");
        assertRefused(statement(past, future), "to");
        assertRefused(statement("2026-01-02T00:00:00Z", past), "to");
        assertRefused(statement("January", past), "from");
        assertThat(api.user("eve-" + IdType.REQUEST.next())
                        .get(path + "/statement?from=" + past + "&to=" + past)
                        .code())
                .isEqualTo("wallet_not_found");
    }

    private Reply statement(String from, String to) {
        return ada.get(path + "/statement?from=" + from + "&to=" + to);
    }

    private Reply statement(String from, String to, String accept) {
        return api.send(ada.request(path + "/statement?from=" + from + "&to=" + to)
                .header("Accept", accept)
                .GET());
    }

    private JsonNode move(String how, long amount) {
        return move(how, amount, "");
    }

    private JsonNode move(String how, long amount, String more) {
        Reply reply = ada.order(path + "/" + how, "{\"amount\":" + amount + ",\"currency\":\"EUR\"" + more + "}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    /** Of the database's clock: after all that is booked, and past. */
    private String now() {
        String at = ada.get(path + "/balance").json().path("at").asText();
        awaitPast(at);
        return at;
    }

    /** The book may be ahead of the clock by a microsecond for each movement. */
    private void awaitPast(String instant) {
        while (ada.get(path + "/balance?at=" + instant).status() != 200) {
            Thread.onSpinWait();
        }
    }

    private JsonNode balanceAt(String at) {
        Reply reply = ada.get(path + "/balance?at=" + encoded(at));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static List<Long> amounts(JsonNode balance) {
        return List.of(
                balance.path("balance").path("amount").asLong(),
                balance.path("available").path("amount").asLong());
    }

    private static void assertRefused(Reply reply, String parameter) {
        assertThat(reply.status()).as(parameter + ": " + reply.text()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_parameter");
        assertThat(reply.json().path("errors").findValuesAsText("pointer")).containsExactly(parameter);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
