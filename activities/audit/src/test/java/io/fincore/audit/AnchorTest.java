package io.fincore.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorTest {

    private static final String HASH = "cfbe455eec26d53f19e1e4bc8e64eaa415ffcf57c1748387ec00939b629212bc";
    private static final Anchor ANCHOR = new Anchor(42, HASH, Instant.parse("2026-11-21T22:15:01.5Z"));

    @Test
    void isOneLineThatReadsBack() {
        assertThat(ANCHOR.toLine()).isEqualTo("fincore-audit-anchor v1 42 " + HASH + " 2026-11-21T22:15:01.500000Z");
        assertThat(Anchor.parse(" " + ANCHOR.toLine() + "\n")).isEqualTo(ANCHOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fincore-audit-anchor v2 42 " + HASH + " 2026-11-21T22:15:01.500000Z",
                "fincore-audit-anchor v1 0 " + HASH + " 2026-11-21T22:15:01.500000Z",
                "fincore-audit-anchor v1 42 cfbe 2026-11-21T22:15:01.500000Z",
                "fincore-audit-anchor v1 42 " + HASH + " 2026-13-41T22:15:01.500000Z",
                "fincore-audit-anchor v1 42 " + HASH
            })
    void refusesWhatIsNoAnchor(String line) {
        assertThatThrownBy(() -> Anchor.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no");
    }

    @Test
    void refusesAPositionOrHashThatCannotBe() {
        assertThatThrownBy(() -> new Anchor(0, HASH, Instant.EPOCH)).hasMessage("there is no position 0");
        assertThatThrownBy(() -> new Anchor(1, HASH.toUpperCase(Locale.ROOT), Instant.EPOCH))
                .hasMessageContaining("is no SHA-256");
    }
}
