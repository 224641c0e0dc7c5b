package io.fincore.api.request;

import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that the resource does not know, or knows once only: a misspelt filter must not return everything. */
@Component
final class ParameterGuard implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith("io.fincore.")) {
            Set<String> known = parameters(method);
            List<FieldError> errors = request.getParameterMap().entrySet().stream()
                    .flatMap(given -> !known.contains(given.getKey())
                            ? Stream.of(new FieldError(given.getKey(), "is not a parameter of this resource"))
                            : given.getValue().length > 1
                                    ? Stream.of(new FieldError(given.getKey(), "is given more than once"))
                                    : Stream.empty())
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

    private static Set<String> parameters(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .map(MethodParameter::getParameter)
                .filter(parameter -> parameter.isAnnotationPresent(RequestParam.class))
                .map(parameter -> parameter.getAnnotation(RequestParam.class).name())
                .collect(Collectors.toUnmodifiableSet());
    }
}
