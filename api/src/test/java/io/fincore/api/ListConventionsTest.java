package io.fincore.api;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of every list holds of each that the committed api/openapi.yaml has. */
class ListConventionsTest {

    /** All that happened to one payment is one page. */
    private static final String WHOLE = "GET /v1/payments/{id}/timeline";

    /** The kinds of id that each list's rows have, and so its cursors; the audit log's are numbers. */
    private static final Map<String, List<IdType>> IDS = Map.ofEntries(
            entry(WHOLE, List.of()),
            entry("GET /v1/payments", List.of(IdType.PAYMENT)),
            entry("GET /v1/payments/{id}/refunds", List.of(IdType.REFUND)),
            entry("GET /v1/customers/{id}/activations", List.of(IdType.ACTIVATION)),
            entry("GET /v1/wallets", List.of(IdType.WALLET)),
            entry("GET /v1/wallets/{id}/transactions", List.of(IdType.TRANSACTION)),
            entry("GET /v1/events", List.of(IdType.EVENT)),
            entry("GET /v1/webhook-endpoints", List.of(IdType.WEBHOOK_ENDPOINT)),
            entry("GET /v1/webhook-endpoints/{id}/deliveries", List.of(IdType.DELIVERY)),
            entry("GET /v1/compliance-cases", List.of(IdType.COMPLIANCE_CASE)),
            entry(
                    "GET /v1/admin/sagas",
                    List.of(IdType.PAYMENT, IdType.REFUND, IdType.COMPLIANCE_CASE, IdType.ACTIVATION)),
            entry("GET /v1/admin/erasures", List.of(IdType.ERASURE)),
            entry("GET /v1/admin/book-checks", List.of(IdType.BOOK_CHECK)),
            entry("GET /v1/admin/inbound-events", List.of(IdType.INBOUND_EVENT)),
            entry("GET /v1/admin/audit-entries", List.of()),
            entry("GET /v1/admin/audit-anchors", List.of()));

    /** Makes the eleven rows that a list of its own then has, and tells the list's path. */
    private static final Map<String, Function<Ground, String>> ELEVEN = Map.ofEntries(
            entry("GET /v1/payments", ground -> eleven("/v1/payments", i -> ground.payment("ACME"))),
            entry("GET /v1/payments/{id}/refunds", ground -> {
                String path = "/v1/payments/" + ground.payment("Settled") + "/refunds";
                return eleven(path, i -> ground.ada().order(path, "{\"amount\":1}"));
            }),
            entry("GET /v1/wallets", ground -> {
                String customer = ground.customer();
                List<String> currencies =
                        List.of("EUR", "USD", "JPY", "KWD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK");
                return eleven(
                        "/v1/wallets?customer=" + customer,
                        i -> ground.ada().newPendingWallet(customer, currencies.get(i)));
            }),
            entry("GET /v1/wallets/{id}/transactions", ground -> {
                String path = "/v1/wallets/" + ground.emptyWallet();
                return eleven(
                        path + "/transactions",
                        i -> ground.ada().order(path + "/deposits", "{\"amount\":1,\"currency\":\"EUR\"}"));
            }),
            entry("GET /v1/events", ground -> eleven("/v1/events", i -> ground.event())),
            entry("GET /v1/webhook-endpoints", ground -> eleven("/v1/webhook-endpoints", i -> ground.endpoint())),
            entry("GET /v1/webhook-endpoints/{id}/deliveries", ground -> {
                return eleven(ground.endpoint() + "/deliveries", i -> ground.event());
            }),
            entry(
                    "GET /v1/compliance-cases",
                    ground -> eleven("/v1/compliance-cases", i -> ground.payment("Reviewed"))),
            entry("GET /v1/admin/sagas", ground -> eleven("/v1/admin/sagas", i -> ground.payment("ACME"))),
            entry("GET /v1/admin/erasures", ground -> eleven("/v1/admin/erasures", i -> ground.writtenErasure())));

    private final Api api = Platform.sharedApi();
    private final Ground ground = Ground.fresh(api);
    private final User ada = ground.ada();

    static Stream<String> lists() {
        return IDS.keySet().stream().sorted();
    }

    static Stream<String> filled() {
        return ELEVEN.keySet().stream().sorted();
    }

    private static String eleven(String path, IntConsumer make) {
        IntStream.range(0, 11).forEach(make);
        return path;
    }

    @Test
    void knowsEveryListAndNoOther() {
        assertThat(lists())
                .as("Each list of api/openapi.yaml needs a row in IDS, and one in ELEVEN where its rows are cheap")
                .containsExactlyInAnyOrderElementsOf(Contract.at("/paths").properties().stream()
                        .filter(path -> path.getValue()
                                .at("/get/responses/200/content/application~1json/schema/$ref")
                                .asText()
                                .contains("/ListBody"))
                        .map(path -> "GET " + path.getKey())
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void isAPageThatTellsWhereItIs(String operation) {
        String path = path(operation);

        Reply reply = ada.get(path);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().properties().stream().map(Map.Entry::getKey))
                .containsExactly("object", "data", "has_more", "url");
        assertThat(reply.json().path("object").asText()).isEqualTo("list");
        assertThat(reply.json().path("url").asText()).isEqualTo(path.replaceAll("\\?.*", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void refusesWhatIsNoPage(String operation) {
        String path = path(operation);

        for (String limit : List.of("0", "101", "-1", "x")) {
            assertRefused(path, "limit=" + limit, "limit");
        }
        assertRefused(path, "nothing=1", "nothing");
        for (String cursor : List.of("starting_after", "ending_before")) {
            wrong(operation).forEach(id -> assertRefused(path, cursor + "=" + id, cursor));
        }
        String right = right(operation);
        assertRefused(path, "starting_after=" + right + "&ending_before=" + right, "ending_before");
    }

    /** So that whoever makes requests from the description makes none that is refused. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void describesHowItsCursorsLook(String operation) {
        List<JsonNode> cursors = StreamSupport.stream(
                        Contract.operation("GET", operation.substring("GET ".length()))
                                .path("parameters")
                                .spliterator(),
                        false)
                .map(Contract::resolve)
                .filter(parameter -> List.of("starting_after", "ending_before")
                        .contains(parameter.path("name").asText()))
                .toList();

        assertThat(cursors).hasSize(operation.equals(WHOLE) ? 0 : 2).allSatisfy(cursor -> {
            String pattern = cursor.at("/schema/pattern").asText();
            assertThat(right(operation)).matches(pattern);
            assertThat(wrong(operation)).noneMatch(id -> id.matches(pattern));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filled")
    void pagesMeetEachRowOnceInBothDirections(String operation) {
        String path = Objects.requireNonNull(ELEVEN.get(operation)).apply(ground);
        List<String> all = ids(page(path, "limit=100"));

        assertThat(all).hasSize(11).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
        assertPage(ada.get(path).json(), all.subList(0, 10), true);
        assertPage(page(path, "limit=11"), all, false);
        assertPage(page(path, "limit=4"), all.subList(0, 4), true);
        assertPage(page(path, "limit=4&starting_after=" + all.get(3)), all.subList(4, 8), true);
        assertPage(page(path, "limit=4&starting_after=" + all.get(7)), all.subList(8, 11), false);
        assertPage(page(path, "limit=4&starting_after=" + all.get(10)), List.of(), false);
        assertPage(page(path, "limit=4&ending_before=" + all.get(10)), all.subList(6, 10), true);
        assertPage(page(path, "limit=4&ending_before=" + all.get(6)), all.subList(2, 6), true);
        assertPage(page(path, "limit=4&ending_before=" + all.get(2)), all.subList(0, 2), false);
        assertPage(page(path, "limit=4&ending_before=" + all.get(0)), List.of(), false);
    }

    private String path(String operation) {
        return AuthorizationMatrix.ROWS.stream()
                .filter(row -> row.operation().equals(operation))
                .findAny()
                .orElseThrow()
                .call()
                .apply(ground)
                .path();
    }

    private static List<IdType> kinds(String operation) {
        return Objects.requireNonNull(IDS.get(operation), operation);
    }

    /** A cursor of the right form. */
    private static String right(String operation) {
        return kinds(operation).stream().map(IdType::next).findFirst().orElse("1");
    }

    /** No ids, and ids of whatever the list does not have. */
    private static List<String> wrong(String operation) {
        return Stream.concat(
                        Stream.of("foo", "0", "pay_1", right(operation) + "x"),
                        Arrays.stream(IdType.values())
                                .filter(kind -> !kinds(operation).contains(kind))
                                .map(IdType::next))
                .toList();
    }

    private void assertRefused(String path, String query, String parameter) {
        Reply reply = ada.get(with(path, query));
        assertThat(reply.status()).as(query + " " + reply.text()).isEqualTo(400);
        assertThat(reply.code()).as(query).isEqualTo("invalid_parameter");
        assertThat(Api.texts(reply.json().path("errors"), "pointer")).as(query).contains(parameter);
    }

    private JsonNode page(String path, String query) {
        return ada.get(with(path, query)).json();
    }

    private static void assertPage(JsonNode page, List<String> ids, boolean hasMore) {
        assertThat(ids(page)).isEqualTo(ids);
        assertThat(page.path("has_more").asBoolean()).isEqualTo(hasMore);
    }

    private static String with(String path, String query) {
        return path + (path.contains("?") ? "&" : "?") + query;
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(row -> row.path("id").asText())
                .toList();
    }
}
