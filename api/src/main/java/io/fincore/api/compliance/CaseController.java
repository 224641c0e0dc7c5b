package io.fincore.api.compliance;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.request.EntityTags;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Compliance cases")
@RestController
@RequestMapping(path = CaseController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class CaseController {

    static final String PATH = "/v1/compliance-cases";

    private final CaseReader cases;
    private final CaseUpdates updates;
    private final IdempotentRequests requests;
    private final Answers answers;
    private final EntityTags tags;

    CaseController(
            CaseReader cases, CaseUpdates updates, IdempotentRequests requests, Answers answers, EntityTags tags) {
        this.cases = cases;
        this.updates = updates;
        this.requests = requests;
        this.answers = answers;
        this.tags = tags;
    }

    @Operation(summary = "List the tenant's cases, newest first")
    @GetMapping
    ListBody<CaseBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "assignee", required = false) @Nullable String assignee) {
        Cursor cursor = new Cursor(IdType.COMPLIANCE_CASE, limit, startingAfter, endingBefore);
        return cursor.page(cases.list(caller, new CaseFilter(status, assignee), cursor), PATH);
    }

    @Operation(summary = "Read a case")
    @GetMapping("/{id}")
    CaseBody read(Caller caller, @PathVariable String id) {
        return find(caller, id);
    }

    @Operation(summary = "Decide a case")
    @ApiResponse(
            responseCode = "202",
            description = "The decision is recorded; the payment follows",
            content = @Content(schema = @Schema(implementation = CaseBody.class)))
    @PostMapping(path = "/{id}/resolutions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> resolve(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key") String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ResolutionRequest body) {
        String found = find(caller, id).id();
        return requests.claimFirst(
                        requests.call(caller, "compliance-cases.resolve", key, body), IdType.REQUEST, updateId -> {
                            CaseBody now = find(caller, found);
                            EntityTags.requireUnless(CaseUpdates.isThatOf(now, caller, body), ifMatch, tags.of(now));
                            updates.resolve(caller, found, body, updateId);
                            return answer(HttpStatus.ACCEPTED, caller, found);
                        })
                .toResponse();
    }

    @Operation(summary = "Say who shall look at a case")
    @ApiResponse(
            responseCode = "200",
            description = "Assigned",
            content = @Content(schema = @Schema(implementation = CaseBody.class)))
    @PostMapping(path = "/{id}/assignments", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> assign(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody AssignmentRequest body) {
        String found = find(caller, id).id();
        return requests.claimFirst(
                        key == null ? null : requests.call(caller, "compliance-cases.assign", key, body),
                        IdType.REQUEST,
                        assignmentId -> {
                            CaseBody now = find(caller, found);
                            EntityTags.requireUnless(body.assignee().equals(now.assignee()), ifMatch, tags.of(now));
                            updates.assign(caller, found, body, assignmentId);
                            return answer(HttpStatus.OK, caller, found);
                        })
                .toResponse();
    }

    @Operation(summary = "Add a note to a case")
    @ApiResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = NoteBody.class)))
    @PostMapping(path = "/{id}/notes", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> addNote(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NoteRequest body) {
        String found = find(caller, id).id();
        return requests.claimFirst(
                        key == null ? null : requests.call(caller, "compliance-cases.add-note", key, body),
                        IdType.NOTE,
                        noteId -> {
                            updates.addNote(caller, found, body, noteId);
                            return answers.json(HttpStatus.CREATED, path(found), note(caller, found, noteId));
                        })
                .toResponse();
    }

    private Answer answer(HttpStatus status, Caller caller, String caseId) {
        return answers.json(status, path(caseId), find(caller, caseId));
    }

    private NoteBody note(Caller caller, String caseId, String noteId) {
        return find(caller, caseId).notes().stream()
                .filter(note -> note.id().equals(noteId))
                .findAny()
                .orElseThrow();
    }

    private CaseBody find(Caller caller, String caseId) {
        return cases.find(caller, caseId)
                .orElseThrow(() ->
                        new ProblemException(ProblemType.CASE_NOT_FOUND, "There is no such case in your tenant."));
    }

    private static String path(String caseId) {
        return PATH + "/" + caseId;
    }
}
