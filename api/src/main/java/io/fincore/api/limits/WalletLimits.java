package io.fincore.api.limits;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Orders from a wallet, whichever way they name it: in the body, when it has been read, or in the path. Nothing else is done before. */
@ControllerAdvice
public final class WalletLimits extends RequestBodyAdviceAdapter implements HandlerInterceptor {

    private static final String WITHDRAWALS = "/v1/wallets/{id}/withdrawals";

    private final ClientLimits limits;

    WalletLimits(ClientLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (WITHDRAWALS.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path) {
            limits.takeOrder(request, response, String.valueOf(path.get("id")));
        }
        return true;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type targetType, Class<? extends HttpMessageConverter<?>> converterType) {
        return Spends.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage input,
            MethodParameter parameter,
            Type targetType,
            Class<? extends HttpMessageConverter<?>> converterType) {
        if (body instanceof Spends order
                && RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes current) {
            HttpServletResponse response = Objects.requireNonNull(current.getResponse());
            order.sources().stream()
                    .distinct()
                    .forEach(wallet -> limits.takeOrder(current.getRequest(), response, wallet));
        }
        return body;
    }
}
