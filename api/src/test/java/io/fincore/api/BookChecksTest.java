package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.workflows.bookcheck.BookCheckWorkflow;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookChecksTest {

    private static final String PATH = "/v1/admin/book-checks";
    private static final String ANCHOR = "fincore-audit-anchor v1 7 " + "0".repeat(64) + " 2026-11-21T12:00:00.000000Z";

    private final Api api = Platform.sharedApi();
    private final User oscar = new User(api, "acme", "oscar", "admin");

    @Test
    void checksTheBookAndTellsWhatWasFound() {
        Reply ordered = oscar.order(PATH, "{}");

        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        String id = ordered.json().path("id").asText();
        assertThat(IdType.BOOK_CHECK.matches(id)).isTrue();
        assertThat(ordered.header("Location")).isEqualTo(PATH + "/" + id);
        assertThat(ordered.json().path("object").asText()).isEqualTo("book_check");
        assertThat(ordered.json().path("requested_by").asText()).isEqualTo("oscar");
        assertThat(api.platform().temporal().exists(BookCheckWorkflow.workflowId(id)))
                .isTrue();
        JsonNode ended = ended(id);
        assertThat(ended.path("status").asText()).isEqualTo("sound");
        assertThat(ended.path("findings")).hasSize(1);
        assertThat(ended.path("findings").path(0).path("check").asText()).isEqualTo("audit-chain");
        assertThat(ended.path("findings").path(0).path("meaning").asText()).isEqualTo("the audit log is chained");
        assertThat(ended.path("findings").path(0).path("violations").asInt()).isZero();
        assertThat(ended.path("findings").path(0).path("culprits")).isEmpty();
        assertThat(ended.path("error").isNull()).isTrue();
        assertThat(ended.path("completed_at").asText()).endsWith("Z");
    }

    @Test
    void waitsForTheEndAndNamesCulprits() {
        Reply ended = oscar.order(PATH, "{\"anchors\":[\"" + ANCHOR + "\"]}", "Prefer", "wait=20");

        assertThat(ended.status()).as(ended.text()).isEqualTo(202);
        assertThat(ended.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(ended.json().path("status").asText()).isEqualTo("violated");
        assertThat(ended.json()
                        .path("findings")
                        .path(0)
                        .path("culprits")
                        .path(0)
                        .asText())
                .isEqualTo("position 7: entry 7 is missing");
    }

    @Test
    void showsACheckThatNoWorkerHasBegun() {
        User lazy = new User(api, "acme", "lazy", "admin");

        Reply ordered = lazy.order(PATH, "{}");
        JsonNode read =
                oscar.get(PATH + "/" + ordered.json().path("id").asText()).json();

        assertThat(ordered.json().path("status").asText()).isEqualTo("running");
        assertThat(read).isEqualTo(ordered.json());
        assertThat(read.path("findings").isNull()).isTrue();
        assertThat(read.path("completed_at").isNull()).isTrue();
        assertThat(ids("?limit=100")).contains(read.path("id").asText());
    }

    @Test
    void tellsWhyTheBookCouldNotBeChecked() {
        User clumsy = new User(api, "acme", "clumsy", "admin");

        JsonNode ended = ended(clumsy.order(PATH, "{}").json().path("id").asText());

        assertThat(ended.path("status").asText()).isEqualTo("failed");
        assertThat(ended.path("error").asText()).isEqualTo("permission denied");
        assertThat(ended.path("findings").isNull()).isTrue();
    }

    @Test
    void repeatsTheAnswerUnderTheSameKeyAndNeedsOne() {
        String key = IdType.REQUEST.next();

        Reply first = oscar.post(PATH, "{}", "Idempotency-Key", key);
        Reply again = oscar.post(PATH, "{}", "Idempotency-Key", key);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(oscar.post(PATH, "{}").code()).isEqualTo("idempotency_key_missing");
    }

    @Test
    void listsNewestFirstForEveryOperatorOfThePlatform() {
        String first = oscar.order(PATH, "{}").json().path("id").asText();
        String second = oscar.order(PATH, "{}").json().path("id").asText();
        User elsewhere = new User(api, "elsewhere", "olga", "admin");

        assertThat(ids("?limit=1&starting_after=" + second)).containsExactly(first);
        assertThat(ids("?limit=1&ending_before=" + first)).containsExactly(second);
        assertThat(Api.texts(elsewhere.get(PATH + "?limit=100").json().path("data"), "id"))
                .containsSubsequence(second, first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"anchors\":[\"no anchor\"]} | /anchors/0",
                "{\"anchors\":[null]} | /anchors/0",
                "{\"anchor\":[]} | /anchor"
            })
    void refusesBrokenOrdersByPointer(String body, String pointer) {
        Reply refused = oscar.order(PATH, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_request");
        assertThat(refused.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo(pointer);
    }

    @Test
    void isForAdminsAndKnowsItsOwnIdsOnly() {
        assertThat(oscar.withScopes("payments:write").order(PATH, "{}").status())
                .isEqualTo(403);
        assertThat(oscar.withScopes("payments:read").get(PATH).status()).isEqualTo(403);
        assertThat(oscar.get(PATH + "/" + IdType.BOOK_CHECK.next()).code()).isEqualTo("book_check_not_found");
        assertThat(oscar.get(PATH + "/1").code()).isEqualTo("book_check_not_found");
        assertThat(oscar.get(PATH + "?status=sound").code()).isEqualTo("invalid_parameter");
    }

    private JsonNode ended(String id) {
        return Awaitility.await()
                .until(
                        () -> oscar.get(PATH + "/" + id).json(),
                        check -> !check.path("status").asText().equals("running"));
    }

    private List<String> ids(String query) {
        return Api.texts(oscar.get(PATH + query).json().path("data"), "id");
    }
}
