package io.fincore.api.sagas;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sagas")
@RestController
@RequestMapping(path = SagaController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class SagaController {

    static final String PATH = "/v1/admin/sagas";

    private final SagaReader sagas;
    private final LiveState live;
    private final CompensationPlans plans;

    SagaController(SagaReader sagas, LiveState live, CompensationPlans plans) {
        this.sagas = sagas;
        this.live = live;
        this.plans = plans;
    }

    @Operation(summary = "List the tenant's sagas, newest first")
    @GetMapping
    ListBody<SagaBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "type", required = false) @Nullable String type,
            @RequestParam(name = "cause", required = false) @Nullable String cause,
            @RequestParam(name = "correlation_id", required = false) @Nullable String correlationId,
            @RequestParam(name = "created[gte]", required = false) @Nullable Instant createdGte,
            @RequestParam(name = "created[lt]", required = false) @Nullable Instant createdLt) {
        Cursor cursor = new Cursor(SagaReader.IDS, limit, startingAfter, endingBefore);
        requireKnown(caller, "starting_after", startingAfter);
        requireKnown(caller, "ending_before", endingBefore);
        List<StoredSaga> found =
                sagas.list(caller, new SagaFilter(status, type, cause, correlationId, createdGte, createdLt), cursor);
        Map<String, List<StepBody>> steps = sagas.steps(found);
        Map<String, List<InterventionBody>> interventions = sagas.interventions(caller, found);
        return cursor.page(
                found.stream()
                        .map(saga -> body(saga, steps, interventions, null))
                        .toList(),
                PATH);
    }

    @Operation(summary = "Read a saga, by the id of what it is about")
    @GetMapping("/{id}")
    SagaBody read(Caller caller, @PathVariable String id) {
        StoredSaga saga = sagas.find(caller, id).orElseThrow(SagaController::notFound);
        return body(saga, sagas.steps(List.of(saga)), sagas.interventions(caller, List.of(saga)), live.of(saga));
    }

    @Operation(summary = "What compensating a saga now would undo")
    @GetMapping("/{id}/compensation-plan")
    CompensationPlan compensationPlan(Caller caller, @PathVariable String id) {
        return plans.of(sagas.find(caller, id).orElseThrow(SagaController::notFound));
    }

    private void requireKnown(Caller caller, String parameter, @Nullable String sagaId) {
        if (sagaId != null && sagas.find(caller, sagaId).isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "The parameter '" + parameter + "' names no saga.",
                    List.of(new FieldError(parameter, "is the id of a saga")));
        }
    }

    private static SagaBody body(
            StoredSaga saga,
            Map<String, List<StepBody>> steps,
            Map<String, List<InterventionBody>> interventions,
            @Nullable JsonNode state) {
        return new SagaBody(
                saga.id(),
                "saga",
                saga.type(),
                saga.status().name(),
                saga.cause() == null ? null : saga.cause().code(),
                saga.causeDetail(),
                saga.runbook(),
                saga.correlationId(),
                saga.workflowId(),
                saga.currentStep(),
                saga.totalSteps(),
                Objects.requireNonNullElse(steps.get(saga.workflowId()), List.of()),
                Objects.requireNonNullElse(interventions.get(saga.workflowId()), List.of()),
                saga.possibleActions(),
                state,
                saga.createdAt(),
                saga.updatedAt(),
                saga.endedAt());
    }

    static ProblemException notFound() {
        return new ProblemException(ProblemType.SAGA_NOT_FOUND, "There is no such saga in your tenant.");
    }
}
