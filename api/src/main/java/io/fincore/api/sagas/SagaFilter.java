package io.fincore.api.sagas;

import io.fincore.api.lists.Filters;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.SagaStatus;
import io.fincore.workflows.repair.InterventionCause;
import java.time.Instant;
import java.util.Locale;
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
        Filters.requireOneOf("status", SagaStatus.values(), SagaStatus::name, status);
        Filters.requireOneOf("type", SagaKind.values(), SagaKind::code, type);
        Filters.requireOneOf("cause", InterventionCause.values(), InterventionCause::code, cause);
    }
}
