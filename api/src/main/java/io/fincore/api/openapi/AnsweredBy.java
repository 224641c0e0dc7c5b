package io.fincore.api.openapi;

import io.fincore.api.problem.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Tells which operations answer with a problem. */
final class AnsweredBy {

    /** A list of all but these is shorter than that of those. */
    private static final int FEW = 6;

    private record Served(HttpMethod method, String path) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final List<Served> all;

    AnsweredBy(RequestMappingHandlerMapping mappings) {
        this.all = mappings.getHandlerMethods().entrySet().stream()
                .filter(handler -> !handler.getValue().getBeanType().isAnnotationPresent(Hidden.class))
                .flatMap(handler -> served(handler.getKey()))
                .distinct()
                .toList();
    }

    private static Stream<Served> served(RequestMappingInfo mapping) {
        return mapping.getPatternValues().stream()
                .filter(path -> path.startsWith("/v1/"))
                .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                        .map(method -> new Served(HttpMethod.valueOf(method.name()), path)));
    }

    /** In words, operations between back-quotes. */
    String of(ProblemType type) {
        List<Served> those = all.stream()
                .filter(one -> ProblemResponses.concerns(type, one.path(), one.method()))
                .toList();
        if (those.isEmpty()) {
            return "whatever the API does not serve as it was asked to";
        }
        boolean posts = those.stream().allMatch(one -> one.method() == HttpMethod.POST);
        List<Served> others = all.stream()
                .filter(one -> !posts || one.method() == HttpMethod.POST)
                .filter(one -> !those.contains(one))
                .toList();
        if (those.size() <= FEW || others.size() > FEW) {
            return listed(those);
        }
        return (posts ? "every POST" : "every operation") + (others.isEmpty() ? "" : " but " + listed(others));
    }

    private static String listed(List<Served> some) {
        return some.stream().map(one -> "`" + one + "`").sorted().collect(Collectors.joining(", "));
    }
}
