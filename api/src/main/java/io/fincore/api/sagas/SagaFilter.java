package io.fincore.api.sagas;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.repair.InterventionCause;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which sagas of the tenant are asked for; null does not restrict.
 *
 * @param status in capitals
 */
record SagaFilter(
        @Nullable String status,
        @Nullable String type,
        @Nullable String cause,
        @Nullable String correlationId,
        @Nullable Instant createdGte,
        @Nullable Instant createdLt) {

    SagaFilter {
        status = status == null ? null : status.toUpperCase(Locale.ROOT);
        require("status", status, SagaStatus.values(), SagaStatus::name);
        require("type", type, SagaKind.values(), SagaKind::code);
        require("cause", cause, InterventionCause.values(), InterventionCause::code);
    }

    private static <E> void require(String parameter, @Nullable String given, E[] known, Function<E, String> name) {
        List<String> names = Arrays.stream(known).map(name).toList();
        if (given != null && !names.contains(given)) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "There is no such " + parameter + " of a saga.",
                    List.of(new FieldError(parameter, "is one of " + String.join(", ", names))));
        }
    }
}
