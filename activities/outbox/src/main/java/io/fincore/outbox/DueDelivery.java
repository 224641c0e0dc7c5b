package io.fincore.outbox;

import java.util.List;

/**
 * A delivery that was taken to be attempted.
 *
 * @param attempt 1 for the first; who ends the attempt names it, so that one that was believed lost changes nothing any more
 * @param endpointVersion of the endpoint that has this URL
 * @param secrets the newest first; each signs
 */
public record DueDelivery(
        String id,
        String endpointId,
        int attempt,
        String url,
        long endpointVersion,
        List<String> secrets,
        EventDocument event) {

    public DueDelivery {
        secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "DueDelivery[" + id + ", attempt " + attempt + "]";
    }
}
