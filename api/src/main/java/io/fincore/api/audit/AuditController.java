package io.fincore.api.audit;

import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.IdForm;
import io.fincore.api.lists.ListBody;
import io.fincore.api.problem.ProblemException;
import io.fincore.audit.Anchor;
import io.fincore.audit.AuditEntry;
import io.fincore.audit.AuditLog;
import io.fincore.audit.AuditQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log of the whole platform, read only: what is written to it is written by the changes themselves. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/v1/admin")
class AuditController {

    private static final String ENTRIES = "/v1/admin/audit-entries";
    private static final String ANCHORS = "/v1/admin/audit-anchors";

    private static final IdForm POSITIONS = new IdForm(
            "is the id of an entry of the log",
            Pattern.compile("[1-9][0-9]{0,17}").asMatchPredicate());

    private final AuditLog log;

    AuditController(AuditLog log) {
        this.log = log;
    }

    @Operation(
            summary = "List what was changed on the platform, newest first",
            description = "A change is listed a moment after it was made, once it is chained.")
    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_JSON_VALUE)
    ListBody<AuditEntryBody> entries(
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "object", required = false) @Nullable String object,
            @RequestParam(name = "object_id", required = false) @Nullable String objectId) {
        Cursor cursor = new Cursor(POSITIONS, limit, startingAfter, endingBefore);
        if (objectId != null && object == null) {
            throw ProblemException.parameter("object_id", "needs the parameter object");
        }
        List<AuditEntry> entries = log.entries(
                new AuditQuery(object, objectId, position(endingBefore), position(startingAfter), cursor.fetch()));
        return cursor.page(
                inOrder(cursor, entries).stream().map(AuditEntryBody::of).toList(), ENTRIES);
    }

    @Operation(
            summary = "List the anchors of the audit log, newest first",
            description =
                    "As plain text: one line for each, to be kept where nobody who can reach the database can change it.")
    @GetMapping(path = "/audit-anchors", produces = MediaType.APPLICATION_JSON_VALUE)
    ListBody<AuditAnchorBody> anchors(
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore) {
        Cursor cursor = new Cursor(POSITIONS, limit, startingAfter, endingBefore);
        return cursor.page(
                inOrder(cursor, newestFirst(cursor, cursor.fetch())).stream()
                        .map(AuditAnchorBody::of)
                        .toList(),
                ANCHORS);
    }

    @GetMapping(path = "/audit-anchors", produces = MediaType.TEXT_PLAIN_VALUE)
    String anchorLines(
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore) {
        Cursor cursor = new Cursor(POSITIONS, limit, startingAfter, endingBefore);
        return newestFirst(cursor, limit).stream()
                .map(anchor -> anchor.toLine() + "\n")
                .collect(Collectors.joining());
    }

    private List<Anchor> newestFirst(Cursor cursor, int limit) {
        return log.anchors(position(cursor.endingBefore()), position(cursor.startingAfter()), limit);
    }

    /** A page is made of what was read in its cursor's order. */
    private static <T> List<T> inOrder(Cursor cursor, List<T> newestFirst) {
        return cursor.ascending() ? newestFirst.reversed() : newestFirst;
    }

    private static @Nullable Long position(@Nullable String id) {
        return id == null ? null : Long.valueOf(id);
    }
}
