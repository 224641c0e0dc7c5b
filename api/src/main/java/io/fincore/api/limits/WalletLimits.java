package io.fincore.api.limits;

import io.fincore.ledger.TransferBatch;
import io.fincore.money.IdType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
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

/**
 * Orders from a wallet, whichever way they name it: in the body, when it has been read, or in the path. Nothing else is done before. What is
 * no wallet's id is not counted, so that nobody fills the memory of limits with what they invent: it is refused afterwards.
 */
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
            take(List.of(String.valueOf(path.get("id"))), request, response);
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
            take(order.sources(), current.getRequest(), Objects.requireNonNull(current.getResponse()));
        }
        return body;
    }

    private void take(Collection<String> given, HttpServletRequest request, HttpServletResponse response) {
        counted(given).forEach(wallet -> limits.takeOrder(request, response, wallet));
    }

    /** Of what a client gave, which nobody has checked yet: what can be a wallet, once each, and no more than an order may name. */
    static List<String> counted(Collection<String> given) {
        return given.stream()
                .filter(IdType.WALLET::matches)
                .distinct()
                .limit(TransferBatch.MOST_ROWS)
                .toList();
    }
}
