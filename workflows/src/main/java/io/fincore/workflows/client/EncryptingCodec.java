package io.fincore.workflows.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.HasWorkflowSerializationContext;
import io.temporal.payload.context.SerializationContext;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM over whole payloads, their own metadata included. What comes out says, in the clear but authenticated, how it is encoded,
 * with which key, and of which workflow it is: the last for who decodes it, and whoever reads the log of that.
 *
 * <p>A payload that cannot be read throws, and never a {@code DataConverterException}: with that one the SDK would drop a signal for good,
 * with any other fault the workflow or activity task is tried again until a worker has the key.
 */
final class EncryptingCodec implements PayloadCodec {

    static final String ENCODING = "binary/encrypted";
    static final String ENCODING_ENTRY = "encoding";
    static final String KEY_ENTRY = "encryption-key-id";
    static final String WORKFLOW_ENTRY = "workflow-id";

    private final PayloadKeys keys;
    private final String workflowId;

    EncryptingCodec(PayloadKeys keys) {
        this(keys, "");
    }

    private EncryptingCodec(PayloadKeys keys, String workflowId) {
        this.keys = keys;
        this.workflowId = workflowId;
    }

    @Override
    public PayloadCodec withContext(SerializationContext context) {
        if (context instanceof HasWorkflowSerializationContext of) {
            @Nullable String id = of.getWorkflowId();
            return new EncryptingCodec(keys, id == null ? "" : id);
        }
        return this;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        PayloadKey key = keys.writing().orElse(null);
        if (key == null) {
            return payloads;
        }
        SecretKey ofWorkflow = key.of(workflowId);
        return payloads.stream()
                .map(payload -> encrypt(payload, key.id(), ofWorkflow))
                .toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::decode).toList();
    }

    private Payload encrypt(Payload payload, String keyId, SecretKey key) {
        try {
            byte[] encrypted =
                    AesGcm.encrypt(key, payload.toByteArray(), PayloadKey.authenticated(ENCODING, keyId, workflowId));
            Payload.Builder encoded = Payload.newBuilder()
                    .putMetadata(ENCODING_ENTRY, ByteString.copyFromUtf8(ENCODING))
                    .putMetadata(KEY_ENTRY, ByteString.copyFromUtf8(keyId))
                    .setData(ByteString.copyFrom(encrypted));
            if (!workflowId.isEmpty()) {
                encoded.putMetadata(WORKFLOW_ENTRY, ByteString.copyFromUtf8(workflowId));
            }
            return encoded.build();
        } catch (GeneralSecurityException e) {
            throw new PayloadCodecException("a payload cannot be encrypted", e);
        }
    }

    /** What is not encrypted is as it was written before there were keys. */
    private Payload decode(Payload payload) {
        if (!entry(payload, ENCODING_ENTRY).equals(ENCODING)) {
            return payload;
        }
        String keyId = entry(payload, KEY_ENTRY);
        String writtenFor = entry(payload, WORKFLOW_ENTRY);
        SecretKey key = keys.reading(keyId).of(writtenFor);
        try {
            return Payload.parseFrom(AesGcm.decrypt(
                    key, payload.getData().toByteArray(), PayloadKey.authenticated(ENCODING, keyId, writtenFor)));
        } catch (GeneralSecurityException | InvalidProtocolBufferException e) {
            throw new PayloadCodecException(
                    "an encrypted payload of the workflow " + writtenFor + " was changed, or its key " + keyId
                            + " is another than it was written with",
                    e);
        }
    }

    private static String entry(Payload payload, String name) {
        return payload.getMetadataOrDefault(name, ByteString.EMPTY).toStringUtf8();
    }
}
