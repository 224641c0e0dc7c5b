package io.fincore.api.request;

import io.fincore.api.lists.MetadataFilter;
import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.validation.PlainText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that the resource does not know, or that come twice or empty: a misspelt filter must not return everything. */
@Component
final class ParameterGuard implements HandlerInterceptor {

    /** As {@link MetadataFilter} is listed among what a resource takes. */
    private static final String METADATA = "metadata[…]";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith("io.fincore.")) {
            Set<String> known = parameters(method);
            List<FieldError> errors = request.getParameterMap().entrySet().stream()
                    .flatMap(given -> mistake(known, given.getKey(), given.getValue()).stream()
                            .map(detail -> new FieldError(given.getKey(), detail)))
                    .toList();
            if (!errors.isEmpty()) {
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        known.isEmpty()
                                ? "This resource takes no query parameters."
                                : "This resource takes "
                                        + known.stream().sorted().collect(Collectors.joining(", ")) + ".",
                        errors);
            }
        }
        return true;
    }

    private static Optional<String> mistake(Set<String> known, String name, String[] values) {
        boolean ofMetadata = known.contains(METADATA) && MetadataFilter.names(name);
        if (!ofMetadata && (!known.contains(name) || name.equals(METADATA))) {
            return Optional.of("is not a parameter of this resource");
        }
        if (values.length > 1) {
            return Optional.of("is given more than once");
        }
        return ofMetadata || PlainText.Check.keeps(values[0])
                ? Optional.empty()
                : Optional.of("is empty, or is no text in one line without control characters");
    }

    private static Set<String> parameters(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .map(MethodParameter::getParameter)
                .flatMap(parameter -> parameter.getType() == MetadataFilter.class
                        ? Stream.of(METADATA)
                        : Stream.ofNullable(parameter.getAnnotation(RequestParam.class))
                                .map(RequestParam::name))
                .collect(Collectors.toUnmodifiableSet());
    }
}
