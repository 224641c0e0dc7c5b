package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.dev.stack.StackException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashTestCommandTest {

    @Test
    void sweepsTheJourneysThatItIsTold() {
        assertThat(CrashTestCommand.journeys(List.of("refund-returns", "case-is-lost")))
                .containsExactly(Journey.REFUND_RETURNS, Journey.CASE_IS_LOST);
        assertThat(CrashTestCommand.journeys(List.of())).containsExactly(Journey.values());
    }

    @Test
    void namesTheJourneysThatThereAre() {
        assertThatThrownBy(() -> CrashTestCommand.journeys(List.of("refund-returns", "refund-returned")))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("There is no journey refund-returned.")
                .hasMessageContaining("refund-returns");
    }
}
