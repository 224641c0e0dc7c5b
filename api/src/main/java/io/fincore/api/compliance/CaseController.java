package io.fincore.api.compliance;

import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private final CaseResolver resolver;
    private final IdempotentRequests requests;

    CaseController(CaseReader cases, CaseResolver resolver, IdempotentRequests requests) {
        this.cases = cases;
        this.resolver = resolver;
        this.requests = requests;
    }

    @Operation(summary = "List the tenant's cases, newest first")
    @GetMapping
    ListBody<CaseBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "status", required = false) @Nullable String status) {
        if (status != null && !List.of("open", "resolved").contains(status)) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "There is no such case status.",
                    List.of(new FieldError("status", "is one of open, resolved")));
        }
        Cursor cursor = new Cursor(limit, startingAfter, endingBefore);
        return cursor.page(cases.list(caller, status, cursor), PATH);
    }

    @Operation(summary = "Read a case")
    @GetMapping("/{id}")
    CaseBody read(Caller caller, @PathVariable String id) {
        return cases.find(caller, id).orElseThrow(CaseController::notFound);
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
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody ResolutionRequest body) {
        CaseBody found = cases.find(caller, id).orElseThrow(CaseController::notFound);
        return requests.claimFirst(
                        key == null ? null : requests.call(caller, "compliance-cases.resolve", key, body),
                        updateId -> resolver.resolve(caller, found.id(), body, updateId))
                .toResponse();
    }

    static ProblemException notFound() {
        return new ProblemException(ProblemType.CASE_NOT_FOUND, "There is no such case in your tenant.");
    }
}
