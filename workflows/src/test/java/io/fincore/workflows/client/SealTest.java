package io.fincore.workflows.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final String OLD = PayloadKeys.newEntry("old");
    private static final String NEW = PayloadKeys.newEntry("new");
    private static final byte[] SECRET = "{\"secret\":\"whsec_Zoë\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void opensWhatItHasClosed() {
        Seal seal = seal(OLD);

        byte[] closed = seal.close(SECRET, "here");

        assertThat(text(closed)).startsWith("sealed:old:").doesNotContain("secret", "whsec");
        assertThat(seal.open(closed, "here")).contains(SECRET);
        assertThat(seal.close(SECRET, "here")).as("never twice the same").isNotEqualTo(closed);
        assertThat(seal.open(SECRET, "here")).as("what was never closed").contains(SECRET);
        assertThat(seal.open(seal.close(new byte[0], "here"), "here")).contains(new byte[0]);
    }

    @Test
    void opensNothingOfAnotherPlaceOrPurposeOrKeyOrThatWasChanged() {
        byte[] closed = seal(OLD).close(SECRET, "here");
        byte[] changed = closed.clone();
        changed[changed.length - 10] = (byte) (changed[changed.length - 10] == 'A' ? 'B' : 'A');
        String sameId = PayloadKeys.newEntry("old");

        assertThatThrownBy(() -> seal(OLD).open(closed, "there")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Seal(PayloadKeys.of(List.of(OLD)), "another").open(closed, "here"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal(sameId).open(closed, "here")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal(OLD).open("sealed:old:AAAA".getBytes(StandardCharsets.UTF_8), "here"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal(OLD).open(changed, "here")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void goesWithTheKeysAsTheyChange() {
        byte[] closed = seal(OLD).close(SECRET, "here");

        assertThat(seal(NEW, OLD).open(closed, "here")).contains(SECRET);
        assertThat(text(seal(NEW, OLD).close(SECRET, "here"))).startsWith("sealed:new:");
        assertThat(seal(NEW).open(closed, "here")).as("the key is gone").isEmpty();
    }

    @Test
    void leavesInTheClearOnlyWhatThereIsNoKeyFor() {
        assertThat(text(seal(PayloadKeys.PLAIN, OLD).close(SECRET, "here"))).startsWith("sealed:old:");
        assertThat(seal(PayloadKeys.PLAIN).close(SECRET, "here")).isEqualTo(SECRET);
    }

    private static Seal seal(String... entries) {
        return new Seal(PayloadKeys.of(List.of(entries)), "test");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
