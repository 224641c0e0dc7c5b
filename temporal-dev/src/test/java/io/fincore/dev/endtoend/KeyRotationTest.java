package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Component;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.TemporaryStack;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The key of what Temporal keeps is changed by its runbook, whose commands are run as they stand, while payments are under way. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KeyRotationTest {

    private static final String RUNBOOK = "payload-keys.md";
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Pattern KEY = Pattern.compile("key: \"encryption-key-id\"\\s+value: \"([^\"]+)\"");

    private final TemporaryStack temporary = new TemporaryStack(Map.of(), Progress.silent());
    private final Stack stack = temporary.stack();

    @AfterEach
    void stop() {
        temporary.close();
    }

    @Test
    void paymentsOfTheOldKeyEndAndAreReadAndNewOnesHaveTheNew() {
        stack.start();
        People people = new People(stack);
        Payer payer = Payer.withDeposit(people.client(), 2 * People.DEPOSIT);
        String old = stack.secrets().payloadKeys();
        Answer ended = payer.pay(payer.order(1_001, BankBehaviour.SETTLES_AT_ONCE));
        assertThat(people.paymentEnd(ended)).isEqualTo("completed");
        Answer first = people.payToNewcomer(payer, "FR1420041010050500013M02606");
        Answer second = people.payToNewcomer(payer, "GB29NWBK60161331926819");
        String fresh = run("A new key", "").strip();
        String id = fresh.substring(0, fresh.indexOf(':'));
        assertThat(keysOf(first)).containsExactly("dev-1");

        restartWith(old + "," + fresh);
        assertThat(run("Changing the key", first.id())).contains(key("dev-1", "writes"), key(id, "reads"), "Total: ");
        restartWith(fresh + "," + old);
        assertThat(run("Changing the key", first.id())).contains(key("dev-1", "reads"), key(id, "writes"));

        // Begun before, read and ended after.
        assertThat(state(people, first).path("status").asText()).isEqualTo("in_review");
        people.resolveCase(first, "approve");
        assertThat(people.paymentEnd(first)).isEqualTo("completed");
        assertThat(keysOf(first)).containsExactlyInAnyOrder("dev-1", id);
        Answer begun = payer.pay(payer.order(1_002, BankBehaviour.SETTLES_AT_ONCE));
        assertThat(people.paymentEnd(begun)).isEqualTo("completed");
        assertThat(keysOf(begun)).containsExactly(id);
        assertThat(keysOf(ended)).containsExactly("dev-1");
        assertThat(run("Reading payloads", first.id())).contains("Newcomer Ltd");
        assertThat(run("Reading payloads", ended.id())).contains("ACME GmbH");
        assertThat(run("Reading payloads", begun.id())).contains("ACME GmbH");

        // The old key is taken away too early, and given back.
        restartWith(fresh);
        assertThat(state(people, second).isNull()).isTrue();
        assertThat(people.client().get("/v1/payments/" + second.id()).text("status"))
                .isEqualTo("in_review");
        assertThat(Waiting.until(
                        SOON,
                        () -> run("When a key is missing", second.id())
                                .lines()
                                .anyMatch(line -> line.startsWith("fincore_payloads_key_missing_total")
                                        && !line.endsWith(" 0.0"))))
                .isTrue();
        restartWith(fresh + "," + old);
        people.resolveCase(second, "approve");
        assertThat(people.paymentEnd(second)).isEqualTo("completed");

        Audit audit = new Audit(stack);
        audit.awaitQuiet(SOON);
        assertThat(audit.violations()).isEmpty();
    }

    private void restartWith(String ring) {
        stack.secrets().changePayloadKeys(ring);
        for (Component process : List.<Component>of(stack.worker(), stack.api())) {
            process.stop();
            process.start();
        }
        stack.worker().awaitHealthy(SOON);
        stack.api().awaitHealthy(SOON);
    }

    private static String key(String id, String use) {
        return "fincore_payloads_key{id=\"" + id + "\",use=\"" + use + "\"}";
    }

    private static JsonNode state(People people, Answer payment) {
        return people.operator()
                .get("/v1/admin/sagas/" + payment.id())
                .orThrow("the saga")
                .body()
                .path("state");
    }

    /** The keys that a payment's history is written with, as Temporal has it. */
    private Set<String> keysOf(Answer payment) {
        try (TemporalPayments temporal = new TemporalPayments(stack.temporal())) {
            return KEY.matcher(temporal.client()
                            .fetchHistory("payment/" + payment.id())
                            .getHistory()
                            .toString())
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What the commands under a heading print. */
    private String run(String heading, String payment) {
        StringBuilder printed = new StringBuilder();
        for (Runbook.Block block : Runbook.read(RUNBOOK).under(List.of(heading))) {
            printed.append(Shell.run(
                    block.body(),
                    Map.of(
                            "PATH",
                            stack.temporal().program().getParent() + File.pathSeparator + System.getenv("PATH"),
                            "TEMPORAL_ADDRESS",
                            stack.temporal().target(),
                            "FINCORE_PORT_ISSUER",
                            Integer.toString(
                                    URI.create(stack.issuer().tokenEndpoint()).getPort()),
                            "API",
                            stack.api().url(),
                            "MANAGEMENT",
                            management(stack.api().managementPort()) + " "
                                    + management(stack.worker().managementPort()),
                            "SAGA",
                            payment)));
        }
        return printed.toString();
    }

    private static String management(int port) {
        return "http://127.0.0.1:" + port;
    }
}
