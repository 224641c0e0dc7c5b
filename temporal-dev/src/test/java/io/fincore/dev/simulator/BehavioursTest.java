package io.fincore.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables by which the providers' behaviours are chosen, and the page that tells them. */
class BehavioursTest {

    @Test
    void ibansAreValidAndDifferent() {
        List<String> all = Stream.concat(
                        Arrays.stream(BankBehaviour.values()).map(BankBehaviour::iban),
                        Arrays.stream(ReturnBehaviour.values()).map(ReturnBehaviour::iban))
                .toList();

        assertThat(all).doesNotHaveDuplicates().allSatisfy(iban -> {
            assertThat(iban).hasSize(22).startsWith("DE");
            String digits = iban.substring(4) + "1314" + iban.substring(2, 4);
            assertThat(new BigInteger(digits).mod(BigInteger.valueOf(97))).isEqualTo(BigInteger.ONE);
        });
    }

    @Test
    void eachBehaviourIsChosenByItsOwnKey() {
        for (BankBehaviour behaviour : BankBehaviour.values()) {
            assertThat(BankBehaviour.of(behaviour.iban())).isEqualTo(behaviour);
        }
        for (ReturnBehaviour behaviour : ReturnBehaviour.values()) {
            assertThat(ReturnBehaviour.of(behaviour.iban())).isEqualTo(behaviour);
            assertThat(BankBehaviour.of(behaviour.iban())).isEqualTo(BankBehaviour.SETTLES_AT_ONCE);
        }
        Set<String> names = new HashSet<>();
        for (KycBehaviour behaviour : KycBehaviour.values()) {
            assertThat(KycBehaviour.of(behaviour.customerName())).isEqualTo(behaviour);
            assertThat(names.add(behaviour.customerName())).isTrue();
        }
        for (NotificationBehaviour behaviour : NotificationBehaviour.values()) {
            assertThat(NotificationBehaviour.of(behaviour.localPart() + "@example.com"))
                    .isEqualTo(behaviour);
        }
    }

    @Test
    void anythingElseIsDoneAtOnce() {
        assertThat(ReturnBehaviour.of("DE89370400440532013000")).isEqualTo(ReturnBehaviour.RETURNS_AT_ONCE);
        assertThat(KycBehaviour.of("Jürgen Groß")).isEqualTo(KycBehaviour.APPROVES_AT_ONCE);
        for (String other : List.of("x.unreachable@example.com", "unreachable", "", "refused.x@example.com")) {
            assertThat(NotificationBehaviour.of(other)).as(other).isEqualTo(NotificationBehaviour.DELIVERS);
        }
    }

    @Test
    void everyBehaviourStandsInTheDocumentation() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "using", "test-data.md"));
        for (BankBehaviour behaviour : BankBehaviour.values()) {
            assertThat(lines)
                    .contains(
                            row(behaviour.iban(), behaviour.name(), behaviour.description(), behaviour.paymentEnds()));
        }
        for (ReturnBehaviour behaviour : ReturnBehaviour.values()) {
            assertThat(lines)
                    .contains(row(behaviour.iban(), behaviour.name(), behaviour.description(), behaviour.refundEnds()));
        }
        for (KycBehaviour behaviour : KycBehaviour.values()) {
            assertThat(lines)
                    .contains(row(
                            behaviour.customerName(),
                            behaviour.name(),
                            behaviour.description(),
                            behaviour.checkEnds()));
        }
        for (NotificationBehaviour behaviour : NotificationBehaviour.values()) {
            assertThat(lines)
                    .contains("| `" + behaviour.localPart() + "@…` | `" + behaviour.name() + "` | "
                            + behaviour.description() + " |");
        }
    }

    private static String row(String key, String name, String description, String ends) {
        return "| `" + key + "` | `" + name + "` | " + description + " | `" + ends + "` |";
    }
}
