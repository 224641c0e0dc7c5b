package io.fincore.workflows.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadKeysTest {

    private static final String NEW = PayloadKeys.newEntry("2026-12");
    private static final String OLD = PayloadKeys.newEntry("2026-11");

    @Test
    void firstKeyWritesAndAllRead() {
        PayloadKeys keys = PayloadKeys.of(List.of(NEW, OLD));

        assertThat(keys.writing()).get().extracting(PayloadKey::id).isEqualTo("2026-12");
        assertThat(keys.reading("2026-12").id()).isEqualTo("2026-12");
        assertThat(keys.reading("2026-11").id()).isEqualTo("2026-11");
        assertThat(keys).hasToString("PayloadKeys[writes 2026-12, reads [2026-12, 2026-11]]");
    }

    @Test
    void plainInFrontWritesNothingEncryptedAndStillReads() {
        PayloadKeys keys = PayloadKeys.of(List.of(PayloadKeys.PLAIN, OLD));

        assertThat(keys.encrypts()).isFalse();
        assertThat(keys.reading("2026-11").id()).isEqualTo("2026-11");
    }

    @Test
    void namesAllMistakesAndNoKey() {
        String tooShort = "short:" + Base64.getEncoder().encodeToString(new byte[16]);

        assertThat(PayloadKeys.mistakes(List.of())).containsExactly("there must be one at least");
        assertThat(PayloadKeys.mistakes(List.of(NEW, tooShort, PayloadKeys.PLAIN, PayloadKeys.newEntry("2026-12"))))
                .containsExactly(
                        "number 2 " + PayloadKeys.FORM_MEANING,
                        "plain stands in the first place, or nowhere",
                        "the id 2026-12 is given to 2 keys");
        assertThatThrownBy(() -> PayloadKeys.of(List.of(tooShort)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes in base64")
                .hasMessageNotContaining(tooShort);
        assertThat(PayloadKeys.mistakes(List.of(NEW, OLD))).isEmpty();
    }

    @Test
    void aNewKeyIsLikeNoOther() {
        assertThat(PayloadKeys.newEntry("a")).matches(PayloadKeys.FORM).isNotEqualTo(PayloadKeys.newEntry("a"));
    }
}
