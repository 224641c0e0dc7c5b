package io.fincore.api.wallets;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a batch.
 *
 * @param booked how many transfers were booked; the others were refused
 * @param results one for each transfer, in their order
 * @param metadata as it was sent
 */
record TransferBatchBody(
        String id,
        String object,
        TransferBatchRequest.Mode mode,
        int booked,
        List<TransferResult> results,
        Map<String, String> metadata,
        Instant createdAt) {

    /** Exactly one of the two is there. */
    record TransferResult(
            @Nullable TransferBody transfer,

            @Schema(description = "Why nothing was moved") @Nullable
            TransferRefusal refusal) {}

    /**
     * A problem of one transfer.
     *
     * @param code as in problem details
     * @param errors by pointer into the request's body
     */
    record TransferRefusal(String code, String title, String detail, List<FieldError> errors) {

        static TransferRefusal of(ProblemException problem) {
            return new TransferRefusal(
                    problem.type().code(), problem.type().title(), problem.detail(), problem.errors());
        }
    }

    static TransferBatchBody of(String id, TransferBatchRequest request, List<TransferResult> results) {
        return new TransferBatchBody(
                id,
                "transfer_batch",
                request.mode(),
                (int) results.stream()
                        .filter(result -> result.transfer() != null)
                        .count(),
                results,
                request.givenMetadata(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }
}
