package io.fincore.api.events;

import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.Filters;
import io.fincore.api.lists.ListBody;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.fincore.outbox.ClientEventQuery;
import io.fincore.outbox.ClientEvents;
import io.fincore.outbox.EventType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Events")
@RestController
@RequestMapping(path = EventController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class EventController {

    static final String PATH = "/v1/events";

    private final ClientEvents events;

    EventController(ClientEvents events) {
        this.events = events;
    }

    @Operation(summary = "List what happened, newest first")
    @GetMapping
    ListBody<EventBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "type", required = false) @Nullable String type,
            @RequestParam(name = "subject", required = false) @Nullable String subject,
            @RequestParam(name = "created[gte]", required = false) @Nullable Instant createdGte,
            @RequestParam(name = "created[lt]", required = false) @Nullable Instant createdLt) {
        Cursor cursor = new Cursor(IdType.EVENT, limit, startingAfter, endingBefore);
        Filters.requireOneOf("type", EventType.codesForClients(), type);
        ClientEventQuery query =
                new ClientEventQuery(type, subject, createdGte, createdLt, startingAfter, endingBefore, cursor.fetch());
        List<EventBody> rows = events.list(caller.tenant(), caller.principal(), query).stream()
                .map(EventBody::of)
                .toList();
        return cursor.page(rows, PATH);
    }

    @Operation(summary = "Read an event")
    @GetMapping("/{id}")
    EventBody read(Caller caller, @PathVariable String id) {
        return Optional.of(id)
                .filter(IdType.EVENT::matches)
                .flatMap(event -> events.find(caller.tenant(), caller.principal(), event))
                .map(EventBody::of)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.EVENT_NOT_FOUND, "There is no such event of yours."));
    }
}
