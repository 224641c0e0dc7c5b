package io.fincore.providers;

import io.fincore.providers.CallGuard.Admission;
import io.fincore.providers.CallGuard.Call;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpRequest;
import java.time.Clock;

/** HTTP to one provider, behind its circuit breaker and bulkhead: what all of them have in common. */
final class ProviderClient implements AutoCloseable {

    private final Endpoint endpoint;
    private final CallGuard guard;
    private final HttpExchange exchange;

    ProviderClient(Endpoint endpoint, Resilience resilience, OpenTelemetry openTelemetry, Clock clock) {
        this.endpoint = endpoint;
        this.guard = new CallGuard(resilience, clock);
        this.exchange = new HttpExchange(endpoint, openTelemetry, clock);
    }

    /** A request to what stands at a path below the provider's URL. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path));
    }

    /** Asks breaker and bulkhead; a call that they admit is to be run or abandoned. */
    Admission enter() {
        return guard.enter();
    }

    <T> Reply<T> run(Call call, Question<T> question) {
        long startedAt = guard.now();
        Reply<T> reply = Reply.interrupted();
        try {
            reply = exchange.run(question);
            return reply;
        } finally {
            call.end(startedAt, reply);
        }
    }

    /** Ends the connections; calls under way are awaited. */
    @Override
    public void close() {
        exchange.close();
    }
}
