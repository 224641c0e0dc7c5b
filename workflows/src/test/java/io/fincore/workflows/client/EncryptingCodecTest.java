package io.fincore.workflows.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptingCodecTest {

    private static final String CANARY = "Ada Lovelace <ada@example.com>";
    private static final String OLD = PayloadKeys.newEntry("old");
    private static final String NEW = PayloadKeys.newEntry("new");
    private static final Payload PLAIN = Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8('"' + CANARY + '"'))
            .build();

    private final PayloadCodec codec = codec(OLD).withContext(workflow("payment/pay_1"));

    @Test
    void hidesContentAndItsEncodingAndSaysWhichKeyAndWorkflow() {
        Payload encrypted = encode(codec);

        assertThat(encrypted.toByteString().toString(StandardCharsets.ISO_8859_1))
                .doesNotContain("Ada", "json/plain");
        assertThat(encrypted.getMetadataMap())
                .containsOnly(
                        entry("encoding", "binary/encrypted"),
                        entry("encryption-key-id", "old"),
                        entry("workflow-id", "payment/pay_1"));
        assertThat(codec(OLD).decode(List.of(encrypted)))
                .as("without a context")
                .containsExactly(PLAIN);
    }

    @Test
    void isAnotherEachTime() {
        assertThat(encode(codec).getData()).isNotEqualTo(encode(codec).getData());
    }

    @Test
    void readsWhatWasWrittenBeforeThereWereKeys() {
        assertThat(codec.decode(List.of(PLAIN))).containsExactly(PLAIN);
        assertThat(codec(PayloadKeys.PLAIN, OLD).encode(List.of(PLAIN))).containsExactly(PLAIN);
        assertThat(codec(PayloadKeys.PLAIN, OLD).decode(List.of(encode(codec)))).containsExactly(PLAIN);
    }

    @Test
    void readsWithEachKeyWhileOneIsRotated() {
        Payload written = encode(codec);

        assertThat(codec(OLD, NEW).decode(List.of(written))).containsExactly(PLAIN);
        assertThat(codec(NEW, OLD).decode(List.of(written))).containsExactly(PLAIN);
        assertThat(encode(codec(NEW, OLD))
                        .getMetadataOrThrow("encryption-key-id")
                        .toStringUtf8())
                .isEqualTo("new");
    }

    /** The SDK would drop a signal whose input is a {@code DataConverterException}. */
    @Test
    void namesTheKeyThatItLacksInAFaultThatIsTriedAgain() {
        assertThatThrownBy(() -> codec(NEW).decode(List.of(encode(codec))))
                .isInstanceOf(PayloadCodecException.class)
                .isNotInstanceOf(DataConverterException.class)
                .hasMessage("a payload is encrypted with the key old, and the keys here are [new]: add it to"
                        + " FINCORE_PAYLOADS_KEYS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"encryption-key-id", "workflow-id"})
    void doesNotReadWhatIsSaidToBeOfAnotherKeyOrWorkflow(String entry) {
        Payload moved = encode(codec).toBuilder()
                .putMetadata(entry, ByteString.copyFromUtf8("new"))
                .build();

        // The same bytes under both ids: what differs is what the payload says of itself.
        String sameKey = "new" + OLD.substring("old".length());
        assertThatThrownBy(() -> codec(OLD, sameKey).decode(List.of(moved))).isInstanceOf(PayloadCodecException.class);
    }

    @Test
    void doesNotReadWhatWasChanged() {
        Payload encrypted = encode(codec);
        for (int i = 0; i < encrypted.getData().size(); i++) {
            byte[] data = encrypted.getData().toByteArray();
            data[i] ^= 1;
            Payload changed =
                    encrypted.toBuilder().setData(ByteString.copyFrom(data)).build();
            assertThatThrownBy(() -> codec.decode(List.of(changed)))
                    .as("byte %d", i)
                    .isInstanceOf(PayloadCodecException.class)
                    .hasMessageNotContaining("Ada");
        }
        Payload cut = encrypted.toBuilder().setData(ByteString.EMPTY).build();
        assertThatThrownBy(() -> codec.decode(List.of(cut))).isInstanceOf(PayloadCodecException.class);
    }

    /** Temporal's limit for the payload of a summary (limit.userMetadataSummarySize). */
    @Test
    void theLongestSummaryStaysWithinItsLimit() {
        DataConverter converter = Payloads.dataConverter(PayloadKeys.of(List.of(PayloadKeys.newEntry("x".repeat(20)))))
                .withContext(workflow("payment/pay_01k9xn6j2ve0rbr5xj9w5c3d4e"));

        assertThat(converter.toPayload("x".repeat(200)).orElseThrow().getSerializedSize())
                .isLessThanOrEqualTo(400);
    }

    @Test
    void messagesAndDetailsOfFailuresAreHiddenToo() {
        DataConverter converter = Payloads.dataConverter(PayloadKeys.of(List.of(OLD)));
        ApplicationFailure failure = ApplicationFailure.newBuilder()
                .setMessage("no such creditor: " + CANARY)
                .setType("refused")
                .setDetails(CANARY)
                .setCause(new IllegalStateException("caused by " + CANARY))
                .build();

        Failure encoded = converter.exceptionToFailure(failure);

        assertThat(encoded.toByteString().toString(StandardCharsets.ISO_8859_1)).doesNotContain("Ada");
        assertThat(encoded.getApplicationFailureInfo().getType()).isEqualTo("refused");
        assertThat(converter.failureToException(encoded))
                .hasMessageContaining(CANARY)
                .rootCause()
                .hasMessageContaining("caused by " + CANARY);
    }

    private static Payload encode(PayloadCodec codec) {
        return codec.encode(List.of(PLAIN)).getFirst();
    }

    private static PayloadCodec codec(String... keys) {
        return Payloads.codec(PayloadKeys.of(List.of(keys)));
    }

    private static WorkflowSerializationContext workflow(String id) {
        return new WorkflowSerializationContext("default", id);
    }

    private static Map.Entry<String, ByteString> entry(String name, String value) {
        return Map.entry(name, ByteString.copyFromUtf8(value));
    }
}
