package io.fincore.outbox;

import java.time.Instant;

/**
 * An event as clients get it, by a webhook and from the API, byte for byte the same: {@code {"id":…,"object":"event","type":…,
 * "subject":…,"created_at":…,"data":…}}.
 *
 * @param subjectId the thing it happened to, an id
 * @param createdAt when it happened, to the microsecond
 * @param dataJson what it was told with, JSON as PostgreSQL's {@code jsonb} writes it
 */
public record EventDocument(String id, String type, String subjectId, Instant createdAt, String dataJson) {

    /** Id, type and instant have no character that JSON would escape. */
    public String toJson() {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"" + type + "\",\"subject\":\""
                + subjectId.replace("\\", "\\\\").replace("\"", "\\\"") + "\",\"created_at\":\"" + createdAt
                + "\",\"data\":" + dataJson + "}";
    }
}
