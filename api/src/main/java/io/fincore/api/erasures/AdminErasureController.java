package io.fincore.api.erasures;

import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Erasures, for those who see to it that each is done in time. */
@Tag(name = "Erasures")
@RestController
@RequestMapping(path = AdminErasureController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class AdminErasureController {

    static final String PATH = "/v1/admin/erasures";

    private final ErasureReader erasures;

    AdminErasureController(ErasureReader erasures) {
        this.erasures = erasures;
    }

    @Operation(summary = "List the tenant's erasures, newest first")
    @GetMapping
    ListBody<ErasureBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "customer", required = false) @Nullable String customer,
            @RequestParam(name = "deadline[gte]", required = false) @Nullable Instant deadlineGte,
            @RequestParam(name = "deadline[lt]", required = false) @Nullable Instant deadlineLt) {
        Cursor cursor = new Cursor(IdType.ERASURE, limit, startingAfter, endingBefore);
        ErasureFilter filter = new ErasureFilter(status, customer, deadlineGte, deadlineLt);
        return cursor.page(erasures.list(caller, filter, cursor), PATH);
    }
}
