package io.fincore.api.inbound;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
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
import java.time.Instant;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The callbacks of providers, for those who operate the platform. */
@Tag(name = "Callbacks of providers")
@RestController
@RequestMapping(path = InboundEventController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class InboundEventController {

    static final String PATH = "/v1/admin/inbound-events";

    private final InboundEventReader events;
    private final InboundReplays replays;
    private final InboundDrain drain;
    private final IdempotentRequests requests;
    private final Answers answers;

    InboundEventController(
            InboundEventReader events,
            InboundReplays replays,
            InboundDrain drain,
            IdempotentRequests requests,
            Answers answers) {
        this.events = events;
        this.replays = replays;
        this.drain = drain;
        this.requests = requests;
        this.answers = answers;
    }

    @Operation(summary = "List the platform's callbacks, newest first")
    @GetMapping
    ListBody<InboundEventBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "provider", required = false) @Nullable String provider,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "received[gte]", required = false) @Nullable Instant receivedGte,
            @RequestParam(name = "received[lt]", required = false) @Nullable Instant receivedLt) {
        Cursor cursor = new Cursor(IdType.INBOUND_EVENT, limit, startingAfter, endingBefore);
        return cursor.page(events.list(new InboundFilter(provider, status, receivedGte, receivedLt), cursor), PATH);
    }

    @Operation(summary = "Read a callback, with what it says in codes and who has replayed it")
    @GetMapping("/{id}")
    InboundEventBody read(Caller caller, @PathVariable String id) {
        return find(id);
    }

    @Operation(summary = "Hand a dead callback on again")
    @ApiResponse(
            responseCode = "202",
            description = "It is pending, as if it had just come",
            content = @Content(schema = @Schema(implementation = InboundEventBody.class)))
    @PostMapping(path = "/{id}/replays", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replay(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody InboundReplayRequest body) {
        Answer answer = requests.inOneTransaction(
                key == null ? null : requests.call(caller, "inbound-events.replay", key, body), made -> {
                    InboundEventBody before = find(id);
                    return replays.one(caller, id, body.reason())
                            ? answers.json(HttpStatus.ACCEPTED, PATH + "/" + id, find(id))
                            : answers.problem(notDead(before));
                });
        drain.wake();
        return answer.toResponse();
    }

    private InboundEventBody find(String id) {
        return events.find(id)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.INBOUND_EVENT_NOT_FOUND, "There is no such callback."));
    }

    private static ProblemException notDead(InboundEventBody event) {
        return event.status().equals("done")
                ? new ProblemException(
                        ProblemType.INBOUND_EVENT_DONE, "It has been handed on: " + event.outcome() + ".")
                : new ProblemException(
                        ProblemType.INBOUND_EVENT_PENDING,
                        "It is being handed on; attempts so far: " + event.attempts() + ".");
    }
}
