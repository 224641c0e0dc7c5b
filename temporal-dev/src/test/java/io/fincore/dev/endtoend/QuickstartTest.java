package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.cli.Fincore;
import io.fincore.dev.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The quickstart's commands in one shell, as they stand, but for its ports and for the program that only a finished build can start. What
 * starts, breaks and stops the stack is left out, since the tests share one.
 */
@ExtendWith(SharedPlatform.class)
class QuickstartTest {

    private static final List<String> HEADINGS = List.of(
            "Start", "A customer with a wallet", "A payment", "When something is wrong", "Events", "The other side");

    private final Stack stack;

    QuickstartTest(SharedPlatform.Running platform) {
        stack = platform.stack();
    }

    @Test
    void leadsFromACustomerToARefund() throws IOException, InterruptedException {
        String commands = Runbook.quickstart().under(HEADINGS).stream()
                .map(Runbook.Block::body)
                .filter(body -> !body.equals("temporal-dev/up --detach\n"))
                .collect(Collectors.joining("\n"))
                .replace("http://localhost:8080", stack.api().url())
                .replace("temporal-dev/fincore", "fincore");

        String output = run("""
                fincore() { "$JAVA" -XX:TieredStopAtLevel=1 -cp "$CLASS_PATH" %s "$@"; }
                export FINCORE_API=%s FINCORE_TOKEN
                FINCORE_TOKEN=$(temporal-dev/token)
                """.formatted(Fincore.class.getName(), stack.api().url()) + commands);

        assertThat(output)
                .contains(
                        "\"status\":\"completed\"",
                        "Idempotent-Replayed: true",
                        " is completed\n",
                        "\"code\":\"invalid_request\"",
                        "listening\n",
                        "is SUCCEEDED, workflow payment/pay_")
                .containsPattern("refund\\.completed +evt_")
                .contains("\"balance\":{\"amount\":99000,\"currency\":\"EUR\"}");
    }

    private String run(String commands) {
        return Shell.run(
                commands,
                Map.of(
                        "JAVA",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                        "CLASS_PATH", System.getProperty("java.class.path"),
                        "FINCORE_PORT_ISSUER",
                                Integer.toString(URI.create(stack.issuer().tokenEndpoint())
                                        .getPort())));
    }
}
