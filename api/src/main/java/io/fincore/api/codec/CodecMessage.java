package io.fincore.api.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import java.util.List;

/** Question and answer of a codec server: {@code {"payloads": […]}}, as Protobuf writes them in JSON. */
final class CodecMessage {

    /** A page of the Web UI asks for some dozens. */
    private static final int MOST_AT_ONCE = 1_000;

    private CodecMessage() {}

    static List<Payload> read(String body) {
        Payloads.Builder payloads = Payloads.newBuilder();
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(body, payloads);
        } catch (InvalidProtocolBufferException malformed) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "Send {\"payloads\": […]} as Temporal does.");
        }
        if (payloads.getPayloadsCount() > MOST_AT_ONCE) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "At most " + MOST_AT_ONCE + " payloads are decoded at once.");
        }
        return payloads.getPayloadsList();
    }

    static String write(List<Payload> payloads) {
        try {
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .print(Payloads.newBuilder().addAllPayloads(payloads));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("payloads have no message of a type of their own", e);
        }
    }
}
