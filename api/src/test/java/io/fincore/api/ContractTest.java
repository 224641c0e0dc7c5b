package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.customers.CustomerStatus;
import io.fincore.ledger.WalletStatus;
import io.fincore.money.IdType;
import io.fincore.outbox.EventType;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.bookcheck.BookCheckStatus;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.repair.InterventionCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The examples that clients copy are right, and so are the values that the description lists. */
class ContractTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void everyBodyHasExamplesThatFitItsSchema() {
        List<String> mistakes = new ArrayList<>();
        Contract.operations()
                .forEach(operation -> Stream.concat(
                                Stream.of(operation.path("requestBody")),
                                StreamSupport.stream(operation.path("responses").spliterator(), false)
                                        .map(Contract::resolve))
                        .flatMap(body -> body.path("content").properties().stream())
                        .forEach(type -> {
                            String place = operation.path("operationId").asText() + " " + type.getKey();
                            JsonNode examples = type.getValue().path("examples");
                            if (examples.isEmpty()) {
                                mistakes.add(place + " has no example");
                            }
                            examples.properties()
                                    .forEach(example -> Contract.mistakes(
                                                    type.getValue().path("schema"),
                                                    Contract.resolve(example.getValue())
                                                            .path("value"))
                                            .forEach(mistake ->
                                                    mistakes.add(place + " " + example.getKey() + ": " + mistake)));
                        }));
        assertThat(mistakes).isEmpty();
    }

    @Test
    void examplesOfRequestsAreAccepted() {
        String customer = created("/v1/customers", "example", 201);
        String wallet = created("/v1/wallets", "example", 201, "cus_01m6drk30tfcsty1k713zpnfta", customer);
        String other = ada.newWallet("EUR", 0);
        String[] ids = {
            "cus_01m6drk30tfcsty1k713zpnfta", customer,
            "wal_01m6drkw6wfqfr75nfdjpe58ah", wallet,
            "wal_01m6h4gp73fmm8ya5a5ajnxv64", other
        };
        created("/v1/customers/" + customer + "/activations", "example", 202, ids);
        api.platform().activate(wallet);
        created("/v1/wallets/" + wallet + "/deposits", "example", 201, ids);
        created("/v1/wallets/" + wallet + "/withdrawals", "example", 201, ids);
        created("/v1/transfers", "example", 201, ids);
        created("/v1/transfers/batch", "example", 201, ids);
        created("/v1/payments", "settled_at_once", 202, ids);
        created("/v1/payments", "rejected_by_the_bank", 202, ids);
        String payment = created("/v1/payments", "reviewed", 202, ids);
        created("/v1/payments/" + payment + "/cancellations", "example", 202, ids);
        created("/v1/wallets/" + wallet + "/freeze", "example", 200, ids);
        created("/v1/wallets/" + wallet + "/unfreeze", "example", 200, ids);
        created("/v1/admin/book-checks", "example", 202, ids);
    }

    /** @param ids of the examples and of this test, in turn */
    private String created(String path, String example, int status, String... ids) {
        JsonNode shown =
                Contract.operation("POST", path).at("/requestBody/content/application~1json/examples/" + example);
        String body = Contract.resolve(shown).path("value").toString();
        for (int i = 0; i < ids.length; i += 2) {
            body = body.replace(ids[i], ids[i + 1]);
        }
        Reply reply = ada.order(path, body);
        assertThat(reply.status()).as(path + " " + reply.text()).isEqualTo(status);
        return reply.json().path("id").asText();
    }

    @Test
    void listedValuesAreThoseOfTheCode() {
        assertListed("PaymentBody/properties/status", codes(PaymentStatus.values()));
        assertListed("RefundBody/properties/status", codes(RefundStatus.values()));
        assertListed("ActivationBody/properties/status", codes(ActivationStatus.values()));
        assertListed("BookCheckBody/properties/status", codes(BookCheckStatus.values()));
        assertListed("CustomerBody/properties/status", codes(CustomerStatus.values()));
        assertListed("WalletBody/properties/status", codes(WalletStatus.values()));
        assertListed("SagaBody/properties/type", codes(SagaKind.values()));
        assertListed(
                "SagaBody/properties/status",
                Arrays.stream(SagaStatus.values()).map(Enum::name).toList());
        assertListed(
                "SagaBody/properties/cause",
                Stream.concat(codes(InterventionCause.values()).stream(), Stream.of("null"))
                        .toList());
    }

    @Test
    void everyChangeOfStatusIsAnEvent() {
        assertThat(Contract.at("/webhooks").properties().stream().map(event -> event.getKey()))
                .containsAll(events("payment", "pending", codes(PaymentStatus.values())))
                .contains("refund.completed", "refund.failed")
                .containsAll(events("activation", "pending", List.of("in_review", "completed", "rejected", "failed")));
    }

    /** One list: what is appended, subscribed to, described and documented. */
    @Test
    void describedEventsAreThoseThatThereAre() throws IOException {
        String table = Files.readString(Path.of("../docs/using/webhooks.md")).split("## The events", 2)[1];
        List<String> documented = new ArrayList<>();
        Matcher row = Pattern.compile("(?m)^\\| (`.*?`) \\|").matcher(table);
        while (row.find()) {
            String object = "";
            for (String type : row.group(1).replace("`", "").split(", ", -1)) {
                object = type.startsWith(".") ? object : type.substring(0, type.indexOf('.'));
                documented.add(type.startsWith(".") ? object + type : type);
            }
        }

        assertThat(documented).containsExactlyInAnyOrderElementsOf(EventType.codesForClients());
        assertThat(Contract.at("/webhooks").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(EventType.codesForClients());
        for (String request : List.of("EndpointRequest", "EndpointChange")) {
            assertThat(texts(Contract.at("/components/schemas/" + request + "/properties/events/items/enum")))
                    .as(request)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(EventType.codesForClients().stream(), Stream.of("*"))
                                    .toList());
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> events(String object, String created, List<String> statuses) {
        return Stream.concat(Stream.of("created"), statuses.stream().filter(status -> !status.equals(created)))
                .map(what -> object + "." + what)
                .toList();
    }

    private static void assertListed(String field, List<String> values) {
        assertThat(texts(Contract.at("/components/schemas/" + field + "/enum")))
                .as(field)
                .containsExactlyInAnyOrderElementsOf(values);
    }

    private static List<String> codes(Enum<?>... values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
