package io.fincore.api.request;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The versions of resources in {@code ETag} and {@code If-Match} (RFC 9110, 8.8.3 and 13.1.1). */
public final class IfMatch {

    private IfMatch() {}

    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * @param header one or more entity tags, or {@code *}; null allows any version
     * @throws ProblemException 412 if the resource has another version
     */
    public static void require(@Nullable String header, long version) {
        if (header != null
                && Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .noneMatch(tag -> tag.equals("*") || tag.equals(etag(version)))) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "The resource has the version " + etag(version) + " now.");
        }
    }
}
