package io.fincore.api.limits;

import com.github.benmanes.caffeine.cache.LoadingCache;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.settings.FincoreProperties;
import io.micrometer.core.instrument.Counter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The limits of clients: what a request takes of them, what its answer tells of them, and when it is refused. */
@Component
public final class ClientLimits {

    private static final String TAKEN = ClientLimits.class.getName();

    private final SharedLimits shared;
    private final Kind principal;
    private final Kind wallet;
    private final Kind sensitive;

    /** One limit with its clients. */
    private record Kind(Limit limit, LoadingCache<List<String>, Allowance> clients, Counter refused) {}

    /** Whom a request is from, and what it has taken so far, in order. */
    private record Taker(List<String> client, List<Taken> taken) {}

    ClientLimits(FincoreProperties properties, SharedLimits shared, Refusals refusals) {
        FincoreProperties.Limits limits = properties.limits();
        this.shared = shared;
        this.principal = kind(new Limit("principal", limits.principalPerSecond(), limits.principalBurst()), refusals);
        this.wallet = kind(new Limit("wallet", limits.walletPerSecond(), limits.walletBurst()), refusals);
        this.sensitive = kind(new Limit("sensitive", limits.sensitivePerSecond(), limits.sensitiveBurst()), refusals);
    }

    private Kind kind(Limit limit, Refusals refusals) {
        return new Kind(limit, shared.clientsOf(limit), refusals.of(limit.name()));
    }

    /**
     * Takes a request from a principal's limit, and from that of sensitive routes.
     *
     * @param client the principal, tenant first
     * @throws ProblemException 429 if one is used up
     */
    public void take(HttpServletRequest request, HttpServletResponse response, List<String> client) {
        Taker taker = new Taker(List.copyOf(client), new ArrayList<>());
        request.setAttribute(TAKEN, taker);
        take(principal, taker.client(), taker, response);
        if (SensitiveRoutes.include(request)) {
            take(sensitive, taker.client(), taker, response);
        }
    }

    /** Takes an order from the limit of a wallet, which is the principal's own: nobody can use up that of another one. */
    void takeOrder(HttpServletRequest request, HttpServletResponse response, String walletId) {
        if (request.getAttribute(TAKEN) instanceof Taker taker) {
            List<String> client = new ArrayList<>(taker.client());
            client.add(walletId);
            take(wallet, List.copyOf(client), taker, response);
        }
    }

    private void take(Kind kind, List<String> client, Taker taker, HttpServletResponse response) {
        if (kind.limit().isNone()) {
            return;
        }
        Taken taken = shared.take(kind.clients(), client);
        tell(taken, taker, response);
        if (taken.isRefused()) {
            kind.refused().increment();
            throw taken.refusal("The limit '%s' of %d requests a second is used up."
                    .formatted(kind.limit().name(), kind.limit().perSecond()));
        }
    }

    /** Has the answer tell of a limit that is kept elsewhere too. */
    public static void tell(Taken taken, HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(TAKEN) instanceof Taker taker) {
            tell(taken, taker, response);
        } else {
            tell(List.of(taken), response);
        }
    }

    private static void tell(Taken taken, Taker taker, HttpServletResponse response) {
        // Of several wallets the answer tells of the last, which is the one that is refused.
        taker.taken().removeIf(other -> other.limit().equals(taken.limit()));
        taker.taken().add(taken);
        tell(taker.taken(), response);
    }

    private static void tell(List<Taken> taken, HttpServletResponse response) {
        response.setHeader(
                "RateLimit-Policy",
                taken.stream().map(each -> each.limit().policy()).collect(Collectors.joining(", ")));
        response.setHeader("RateLimit", taken.stream().map(Taken::serviceLimit).collect(Collectors.joining(", ")));
    }
}
