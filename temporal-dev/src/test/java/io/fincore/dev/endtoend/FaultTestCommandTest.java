package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.dev.stack.StackException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTestCommandTest {

    @Test
    void repeatsAnEarlierCampaign() {
        assertThat(FaultTestCommand.plan(List.of("--seed", "7", "--payments", "50")))
                .isEqualTo(CampaignPlan.full(50, 7));
        assertThat(FaultTestCommand.plan(List.of()).payments()).isEqualTo(200);
    }

    @Test
    void repeatsAnEarlierCampaignOnTheBook() {
        assertThat(FaultTestCommand.bookPlan(List.of("--book", "--seed", "7", "--kills", "3")))
                .isEqualTo(BookPlan.full(3, 7));
        assertThat(FaultTestCommand.bookPlan(List.of("--book")).kills()).isEqualTo(10);
        assertThatThrownBy(() -> FaultTestCommand.bookPlan(List.of("--book", "--payments", "1")))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("usage: temporal-dev/fault-test");
    }

    @Test
    void tellsHowItIsUsed() {
        for (List<String> wrong :
                List.of(List.of("--payments"), List.of("--payments", "many"), List.of("--fast", "1"))) {
            assertThatThrownBy(() -> FaultTestCommand.plan(wrong))
                    .isInstanceOf(StackException.class)
                    .hasMessageStartingWith("usage: temporal-dev/fault-test");
        }
    }
}
