package io.fincore.api.inbound;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.security.Caller;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many dead callbacks at once, after an outage. Not below their own path, where its name would stand in the place of an id. */
@Tag(name = "Callbacks of providers")
@RestController
@RequestMapping(path = "/v1/admin/inbound-replays", produces = MediaType.APPLICATION_JSON_VALUE)
class InboundReplayController {

    private final InboundReplays replays;
    private final InboundDrain drain;
    private final IdempotentRequests requests;
    private final Answers answers;

    InboundReplayController(InboundReplays replays, InboundDrain drain, IdempotentRequests requests, Answers answers) {
        this.replays = replays;
        this.drain = drain;
        this.requests = requests;
        this.answers = answers;
    }

    @Operation(
            summary = "Hand many dead callbacks on again",
            description = "Those of one provider that came within a time, the oldest first, 1,000 at once.")
    @ApiResponse(
            responseCode = "202",
            description = "They are pending, as if they had just come",
            content = @Content(schema = @Schema(implementation = ReplaysBody.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody ReplaysRequest body) {
        Answer answer = requests.inOneTransaction(
                key == null ? null : requests.call(caller, "inbound-events.replay-all", key, body),
                made -> answers.json(
                        HttpStatus.ACCEPTED,
                        null,
                        new ReplaysBody("inbound_replays", replays.many(caller, body), replays.anyLeft(body))));
        drain.wake();
        return answer.toResponse();
    }
}
