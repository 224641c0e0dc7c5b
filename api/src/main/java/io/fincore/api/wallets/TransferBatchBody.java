package io.fincore.api.wallets;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a batch.
 *
 * @param booked how many transfers were booked; the others were refused
 * @param results one for each transfer, in their order
 */
record TransferBatchBody(String object, TransferBatchRequest.Mode mode, int booked, List<TransferResult> results) {

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

    static TransferBatchBody of(TransferBatchRequest request, List<TransferResult> results) {
        return new TransferBatchBody(
                "transfer_batch",
                request.mode(),
                (int) results.stream()
                        .filter(result -> result.transfer() != null)
                        .count(),
                results);
    }
}
