package io.fincore.api.sagas;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sagas")
@RestController
@RequestMapping(path = InterventionController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class InterventionController {

    static final String PATH = SagaController.PATH + "/{id}/interventions";

    private final SagaReader sagas;
    private final Interventions interventions;
    private final IdempotentRequests requests;
    private final Answers answers;

    InterventionController(
            SagaReader sagas, Interventions interventions, IdempotentRequests requests, Answers answers) {
        this.sagas = sagas;
        this.interventions = interventions;
        this.requests = requests;
        this.answers = answers;
    }

    @Operation(
            summary = "Tell a saga that waits for a person what to do",
            description =
                    "What moves money by a person's word waits for another person's approval: `status` is `requested` then.")
    @ApiResponse(
            responseCode = "202",
            description = "Recorded; what comes of it is seen in the saga",
            content = @Content(schema = @Schema(implementation = InterventionBody.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> intervene(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key") String key,
            @Valid @RequestBody InterventionRequest body) {
        IdempotentCall call = requests.call(caller, "interventions.create", key, body);
        body.requireConsistent();
        StoredSaga saga = saga(caller, id);
        return requests.claimFirst(call, IdType.INTERVENTION, interventionId -> {
                    interventions.order(caller, saga, body, interventionId);
                    return answer(caller, saga, interventionId);
                })
                .toResponse();
    }

    @Operation(summary = "Read an intervention")
    @GetMapping("/{intervention}")
    InterventionBody read(Caller caller, @PathVariable String id, @PathVariable String intervention) {
        return intervention(caller, saga(caller, id), intervention);
    }

    @Operation(summary = "Approve an intervention that another person has asked for")
    @ApiResponse(
            responseCode = "202",
            description = "The saga acts on it",
            content = @Content(schema = @Schema(implementation = InterventionBody.class)))
    @PostMapping("/{intervention}/approvals")
    ResponseEntity<byte[]> approve(
            Caller caller,
            @PathVariable String id,
            @PathVariable String intervention,
            @RequestHeader(name = "Idempotency-Key") String key,
            @Valid @RequestBody(required = false) @Nullable ApprovalRequest body) {
        StoredSaga saga = saga(caller, id);
        String found = intervention(caller, saga, intervention).id();
        return requests.claimFirst(
                        requests.call(caller, "interventions.approve", key, body), IdType.REQUEST, updateId -> {
                            interventions.approve(caller, saga, found, updateId);
                            return answer(caller, saga, found);
                        })
                .toResponse();
    }

    private Answer answer(Caller caller, StoredSaga saga, String interventionId) {
        return answers.json(
                HttpStatus.ACCEPTED,
                PATH.replace("{id}", saga.id()) + "/" + interventionId,
                intervention(caller, saga, interventionId));
    }

    private InterventionBody intervention(Caller caller, StoredSaga saga, String interventionId) {
        return sagas.intervention(caller, saga, interventionId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INTERVENTION_NOT_FOUND, "There is no such intervention in this saga."));
    }

    private StoredSaga saga(Caller caller, String sagaId) {
        return sagas.find(caller, sagaId).orElseThrow(SagaController::notFound);
    }
}
