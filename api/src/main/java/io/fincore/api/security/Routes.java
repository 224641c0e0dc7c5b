package io.fincore.api.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPatternParser;

/** The operations there are, each with its {@link AccessRule}; when one has none, the API does not start. */
@Component
public final class Routes implements SmartInitializingSingleton {

    private static final String ATTRIBUTE = Routes.class.getName();

    private final ObjectProvider<RequestMappingHandlerMapping> handlers;
    private volatile Map<String, List<Route>> byMethod = Map.of();

    Routes(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> handlers) {
        this.handlers = handlers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        byMethod = join(AccessRules.ALL, operations(handlers.getObject().getHandlerMethods()));
    }

    /**
     * The operation that a request asks for: found before its handler is, so that who is refused on the way is known to have asked for
     * it. Empty if there is none.
     */
    public Optional<Route> find(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Optional<?> found) {
            return found.map(Route.class::cast);
        }
        Optional<Route> found = search(request);
        request.setAttribute(ATTRIBUTE, found);
        return found;
    }

    private Optional<Route> search(HttpServletRequest request) {
        PathContainer path = (ServletRequestPathUtils.hasParsedRequestPath(request)
                        ? ServletRequestPathUtils.getParsedRequestPath(request)
                        : ServletRequestPathUtils.parseAndCache(request))
                .pathWithinApplication();
        // As Spring does: what can be got has a head.
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        for (Route route : byMethod.getOrDefault(method, List.of())) {
            if (route.pattern().matches(path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> operations(Map<RequestMappingInfo, HandlerMethod> handlers) {
        Map<String, String> operations = new HashMap<>();
        handlers.forEach((info, handler) -> {
            for (String path : info.getPatternValues()) {
                for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                    if (path.startsWith("/v1/")) {
                        operations.put(method.name() + " " + path, Route.operation(handler));
                    }
                }
            }
        });
        return operations;
    }

    /** @throws IllegalStateException if an operation has no rule, or a rule no operation */
    static Map<String, List<Route>> join(List<AccessRule> rules, Map<String, String> operations) {
        Set<String> ruled = new HashSet<>();
        rules.forEach(rule -> {
            if (!ruled.add(name(rule))) {
                throw new IllegalStateException("AccessRules has two rows for " + name(rule));
            }
        });
        if (!ruled.equals(operations.keySet())) {
            throw new IllegalStateException("AccessRules has no row for " + less(operations.keySet(), ruled)
                    + ", and rows for what does not exist: " + less(ruled, operations.keySet()));
        }
        return rules.stream()
                .map(rule -> new Route(
                        rule,
                        PathPatternParser.defaultInstance.parse(rule.path()),
                        java.util.Objects.requireNonNull(operations.get(name(rule)))))
                // The most specific first, as Spring looks for handlers.
                .sorted(Comparator.comparing(Route::pattern))
                .collect(Collectors.groupingBy(route -> route.rule().method().name()));
    }

    private static String name(AccessRule rule) {
        return rule.method() + " " + rule.path();
    }

    private static Set<String> less(Set<String> all, Set<String> without) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
