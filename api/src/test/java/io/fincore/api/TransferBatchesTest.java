package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TransferBatchesTest {

    private static final String PATH = "/v1/transfers/batch";

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void movesAllOrNothing() {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 0);

        Reply refused = ada.order(PATH, body("atomic", row(source, destination, 600), row(source, destination, 500)));
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("insufficient_funds");
        assertThat(pointers(refused.json())).containsExactly("/transfers/1/amount");
        assertThat(balance(source)).isEqualTo(1_000);

        Reply booked = ada.order(PATH, body("atomic", row(source, destination, 600), row(destination, source, 500)));
        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        assertThat(IdType.BATCH.matches(booked.json().path("id").asText())).isTrue();
        assertThat(booked.json().path("object").asText()).isEqualTo("transfer_batch");
        assertThat(booked.json().path("metadata")).isEmpty();
        assertThat(Instant.parse(booked.json().path("created_at").asText()))
                .isCloseTo(
                        Instant.parse(booked.json()
                                .at("/results/1/transfer/created_at")
                                .asText()),
                        within(1, ChronoUnit.MINUTES));
        assertThat(booked.json().path("mode").asText()).isEqualTo("atomic");
        assertThat(booked.json().path("booked").asInt()).isEqualTo(2);
        JsonNode second = booked.json().at("/results/1/transfer");
        assertThat(second.at("/source/wallet").asText()).isEqualTo(destination);
        assertThat(second.at("/source/balance_before/amount").asLong()).isEqualTo(600);
        assertThat(second.at("/destination/balance_after/amount").asLong()).isEqualTo(900);
        assertThat(balance(source)).isEqualTo(900);
        assertThat(balance(destination)).isEqualTo(100);
    }

    @Test
    void takesEachForItself() {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 0);
        String foreign = api.user("eve-" + IdType.REQUEST.next()).newWallet("EUR", 1_000);

        Reply reply = ada.order(
                PATH,
                body(
                        "each",
                        row(foreign, destination, 1),
                        row(source, destination, 600),
                        row(source, destination, 500),
                        row(source, foreign, 1),
                        row(source, "elsewhere", 1),
                        row(source, destination, 400)));

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().path("booked").asInt()).isEqualTo(2);
        List<String> results = StreamSupport.stream(reply.json().path("results").spliterator(), false)
                .map(result -> result.path("refusal").isNull()
                        ? "booked " + result.at("/transfer/amount").asLong()
                        : result.at("/refusal/code").asText() + " " + pointers(result.path("refusal")))
                .toList();
        assertThat(results)
                .containsExactly(
                        "wallet_not_found [/transfers/0/source]",
                        "booked 600",
                        "insufficient_funds [/transfers/2/amount]",
                        "wallet_not_found [/transfers/3/destination]",
                        "wallet_not_found [/transfers/4/destination]",
                        "booked 400");
        assertThat(balance(source)).isZero();
        assertThat(balance(destination)).isEqualTo(1_000);
    }

    @Test
    void refusesAnAtomicBatchThatTouchesAWalletOfSomebodyElse() {
        String own = ada.newWallet("EUR", 1_000);
        String foreign = api.user("eve-" + IdType.REQUEST.next()).newWallet("EUR", 1_000);

        Reply reply = ada.order(PATH, body("atomic", row(own, ada.newWallet("EUR", 0), 1), row(foreign, own, 1)));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(pointers(reply.json())).containsExactly("/transfers/1/source");
        assertThat(balance(own)).isEqualTo(1_000);
    }

    @Test
    void tellsTheMetadataOfTheBatchAndKeepsThoseOfItsTransfers() {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 0);
        String own = row(source, destination, 100).replace("}", ",\"metadata\":{\"row\":\"1\"}}");
        String batch =
                body("each", own, row(source, destination, 200)).replaceFirst("\\{", "{\"metadata\":{\"run\":\"9\"},");

        Reply booked = ada.order(PATH, batch);

        assertThat(booked.status()).as(booked.text()).isEqualTo(201);
        assertThat(booked.json().path("metadata").toString()).isEqualTo("{\"run\":\"9\"}");
        assertThat(ada.get("/v1/wallets/" + destination + "/transactions")
                        .json()
                        .path("data")
                        .findValues("metadata"))
                .extracting(JsonNode::toString)
                .containsExactly("{}", "{\"row\":\"1\"}");
        assertThat(pointers(ada.order(PATH, batch.replace("\"9\"", "9")).json()))
                .containsExactly("/metadata/run");
    }

    @Test
    void aRepeatedBatchIsTheFirstOne() throws Exception {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 0);
        String batch = body("each", row(source, destination, 600), row(source, destination, 600));

        List<Reply> replies = Api.atOnce(10, () -> ada.post(PATH, batch, "Idempotency-Key", "key-" + source));

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isEqualTo(201));
        assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        assertThat(balance(source)).isEqualTo(400);
    }

    /** As of a single transfer: what was wrong is ordered rightly under the same key, what came too early is not. */
    @Test
    void keepsTheRefusalOfAStateAndNoOther() {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 0);
        String key = "key-" + source;
        String unknown = body("atomic", row(source, IdType.WALLET.next(), 1));
        String otherCurrency = body("atomic", row(source, ada.newWallet("USD", 0), 1));
        String tooMuch = body("atomic", row(source, destination, 600), row(source, destination, 500));

        Reply first = ada.post(PATH, unknown, "Idempotency-Key", key);
        Reply second = ada.post(PATH, otherCurrency, "Idempotency-Key", key);
        Reply third = ada.post(PATH, tooMuch, "Idempotency-Key", key);
        ada.order("/v1/wallets/" + source + "/deposits", "{\"amount\":100,\"currency\":\"EUR\"}");
        Reply again = ada.post(PATH, tooMuch, "Idempotency-Key", key);

        assertThat(first.code()).isEqualTo("wallet_not_found");
        assertThat(second.code()).isEqualTo("currency_mismatch");
        assertThat(third.code()).isEqualTo("insufficient_funds");
        assertThat(again.text()).isEqualTo(third.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(balance(source)).isEqualTo(1_100);
        assertThat(balance(destination)).isZero();
    }

    @Test
    void takesAThousandTransfersOfOneHotWallet() {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 0);
        String[] rows = Collections.nCopies(1_000, row(source, destination, 1)).toArray(String[]::new);

        Reply reply = ada.order(PATH, body("atomic", rows));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("booked").asInt()).isEqualTo(1_000);
        assertThat(balance(destination)).isEqualTo(1_000);
    }

    @Test
    void namesEveryMistakeByItsRow() {
        String source = ada.newWallet("EUR", 1_000);
        String destination = ada.newWallet("EUR", 0);

        Reply wrong = ada.order(
                PATH, body("each", row(source, destination, 1), row(source, source, 1), row(source, destination, 0)));
        Reply none = ada.order(PATH, body("each"));
        Reply tooMany = ada.order(
                PATH,
                body(
                        "each",
                        Collections.nCopies(1_001, row(source, destination, 1)).toArray(String[]::new)));
        Reply mode = ada.order(PATH, body("some", row(source, destination, 1)));
        Reply noRow = ada.order(PATH, "{\"mode\":\"each\",\"transfers\":[null]}");

        assertThat(pointers(wrong.json())).containsExactly("/transfers/1/destination", "/transfers/2/amount");
        assertThat(pointers(none.json())).containsExactly("/transfers");
        assertThat(pointers(tooMany.json())).containsExactly("/transfers");
        assertThat(pointers(mode.json())).containsExactly("/mode");
        assertThat(pointers(noRow.json())).containsExactly("/transfers/0");
        assertThat(List.of(wrong, none, tooMany, mode, noRow))
                .allSatisfy(reply -> assertThat(reply.code()).isEqualTo("invalid_request"));
        assertThat(ada.post(PATH, body("each", row(source, destination, 1))).code())
                .isEqualTo("idempotency_key_missing");
        assertThat(balance(source)).isEqualTo(1_000);
    }

    private static List<String> pointers(JsonNode problem) {
        return problem.path("errors").findValuesAsText("pointer");
    }

    private static String body(String mode, String... rows) {
        return List.of(rows).stream()
                .collect(Collectors.joining(",", "{\"mode\":\"" + mode + "\",\"transfers\":[", "]}"));
    }

    private static String row(String source, String destination, long amount) {
        return "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":%d,\"currency\":\"EUR\"}"
                .formatted(source, destination, amount);
    }

    private long balance(String wallet) {
        return ada.get("/v1/wallets/" + wallet).json().at("/balance/amount").asLong();
    }
}
