package io.fincore.api.bookchecks;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.audit.Anchor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checked order. */
record BookCheckDocument(String requestedBy, List<String> anchors) {

    /** @throws ProblemException 400 if a line is no anchor */
    static BookCheckDocument of(String principal, @Nullable BookCheckRequest request) {
        List<String> anchors = request == null || request.anchors() == null ? List.of() : request.anchors();
        for (int i = 0; i < anchors.size(); i++) {
            requireAnchor(i, anchors.get(i));
        }
        return new BookCheckDocument(principal, anchors);
    }

    private static void requireAnchor(int index, String line) {
        try {
            Anchor.parse(line);
        } catch (IllegalArgumentException noAnchor) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "One field breaks a rule.",
                    List.of(new FieldError("/anchors/" + index, "is an anchor of the audit log as it was exported")));
        }
    }

    StoredBookCheck running(String checkId, Instant claimedAt) {
        return new StoredBookCheck(
                new BookCheckBody(checkId, "book_check", "running", requestedBy, null, null, claimedAt, null));
    }
}
