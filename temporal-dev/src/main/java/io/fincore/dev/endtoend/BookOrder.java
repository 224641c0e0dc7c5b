package io.fincore.dev.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.endtoend.PatientClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A movement of money that a client orders; its key is made once, so that repetitions are the same order.
 *
 * @param path that it is posted to
 */
record BookOrder(String key, String path, Map<String, ?> body) {

    private static final String CURRENCY = "EUR";
    private static final int LARGEST_AMOUNT = 1_000;
    private static final int LARGEST_BATCH = 5;

    BookOrder {
        body = Map.copyOf(body);
    }

    static BookOrder deposit(String wallet, long amount) {
        return new BookOrder(UUID.randomUUID().toString(), "/v1/wallets/" + wallet + "/deposits", money(amount));
    }

    /** Any of deposit, withdrawal, transfer and batch; some cannot be paid. */
    static BookOrder any(List<String> wallets, Random random) {
        String key = UUID.randomUUID().toString();
        String wallet = wallets.get(random.nextInt(wallets.size()));
        return switch (random.nextInt(6)) {
            case 0 -> deposit(wallet, amount(random));
            case 1 -> new BookOrder(key, "/v1/wallets/" + wallet + "/withdrawals", money(amount(random)));
            case 2 ->
                new BookOrder(
                        key,
                        "/v1/transfers/batch",
                        Map.of(
                                "mode",
                                random.nextBoolean() ? "atomic" : "each",
                                "transfers",
                                IntStream.rangeClosed(0, random.nextInt(LARGEST_BATCH))
                                        .mapToObj(row -> transfer(wallets, random))
                                        .toList()));
            default -> new BookOrder(key, "/v1/transfers", transfer(wallets, random));
        };
    }

    /**
     * What an answer says that it did.
     *
     * @return nothing for a refusal
     */
    List<BookLeg> legs(Answer answer) {
        if (answer.status() != 201) {
            return List.of();
        }
        JsonNode body = answer.body();
        return switch (body.path("object").asText()) {
            case "deposit" -> List.of(movement(body, "credit"));
            case "withdrawal" -> List.of(movement(body, "debit"));
            case "transfer" -> transferred(body).toList();
            case "transfer_batch" ->
                stream(body.path("results"))
                        .filter(result -> result.hasNonNull("transfer"))
                        .flatMap(result -> transferred(result.path("transfer")))
                        .toList();
            default -> throw new IllegalArgumentException("an answer of another kind: " + body);
        };
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream();
    }

    private static BookLeg movement(JsonNode body, String side) {
        return leg(body, body, body.path("wallet").asText(), side);
    }

    private static Stream<BookLeg> transferred(JsonNode body) {
        JsonNode source = body.path("source");
        JsonNode destination = body.path("destination");
        return Stream.of(
                leg(body, source, source.path("wallet").asText(), "debit"),
                leg(body, destination, destination.path("wallet").asText(), "credit"));
    }

    private static BookLeg leg(JsonNode body, JsonNode balances, String wallet, String side) {
        return new BookLeg(
                wallet,
                body.path("id").asText(),
                side,
                body.path("amount").asLong(),
                balances.path("balance_before").path("amount").asLong(),
                balances.path("balance_after").path("amount").asLong());
    }

    private static Map<String, ?> transfer(List<String> wallets, Random random) {
        int source = random.nextInt(wallets.size());
        int destination = (source + 1 + random.nextInt(wallets.size() - 1)) % wallets.size();
        return Map.of(
                "source",
                wallets.get(source),
                "destination",
                wallets.get(destination),
                "amount",
                amount(random),
                "currency",
                CURRENCY);
    }

    private static Map<String, ?> money(long amount) {
        return Map.of("amount", amount, "currency", CURRENCY);
    }

    private static long amount(Random random) {
        return 1L + random.nextInt(LARGEST_AMOUNT);
    }
}
