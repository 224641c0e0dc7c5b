package io.fincore.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentCallTest {

    static Stream<String> keysThatAreRefused() {
        return Stream.of(
                "",
                " ",
                " in front",
                "behind ",
                "\ttab",
                "two\nlines",
                "schl\u00fcssel",
                "\u043a\u043b\u044e\u0447",
                "delete\u007f",
                "k".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("keysThatAreRefused")
    void refusesWhatAHeaderMayLose(String key) {
        assertThatThrownBy(() -> call(key))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "an order of 2026-11-22", "~!@#$%^&*(),;:\"'", "0f8fad5b-d9cb-469f-a165-70867728950e"})
    void takesAnyOther(String key) {
        assertThat(call(key).key()).isEqualTo(key);
        assertThat(call("k".repeat(255)).key()).hasSize(255);
    }

    private static IdempotentCall call(String key) {
        return new IdempotentCall(new Caller("acme", "ada"), "payments.create", key, "print", "order-1");
    }
}
