package io.fincore.outbox;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every type of event that there is: what is not listed here is neither appended nor subscribed to. Types are only ever added. Tests
 * compare the list with the view {@code outbox.client_event}, with the API's description and with {@code docs/using/webhooks.md}.
 */
public enum EventType {
    PAYMENT_CREATED("payment.created"),
    PAYMENT_IN_REVIEW("payment.in_review"),
    PAYMENT_PROCESSING("payment.processing"),
    PAYMENT_COMPLETED("payment.completed"),
    PAYMENT_REJECTED("payment.rejected"),
    PAYMENT_FAILED("payment.failed"),
    PAYMENT_CANCELLED("payment.cancelled"),
    PAYMENT_REQUIRES_MANUAL_INTERVENTION("payment.requires_manual_intervention"),
    PAYMENT_PARTIALLY_REFUNDED("payment.partially_refunded"),
    PAYMENT_REFUNDED("payment.refunded"),
    PAYMENT_CONTRADICTION("payment.contradiction", Audience.OPERATORS),
    REFUND_CREATED("refund.created"),
    REFUND_COMPLETED("refund.completed"),
    REFUND_FAILED("refund.failed"),
    REFUND_CONTRADICTION("refund.contradiction", Audience.OPERATORS),
    ACTIVATION_CREATED("activation.created"),
    ACTIVATION_IN_REVIEW("activation.in_review"),
    ACTIVATION_COMPLETED("activation.completed"),
    ACTIVATION_REJECTED("activation.rejected"),
    ACTIVATION_FAILED("activation.failed"),
    ACTIVATION_CONTRADICTION("activation.contradiction", Audience.OPERATORS),
    CASE_OPENED("case.opened"),
    CASE_REMINDER("case.reminder", Audience.OPERATORS),
    CASE_ESCALATED("case.escalated", Audience.OPERATORS),
    CASE_ASSIGNED("case.assigned", Audience.OPERATORS),
    CASE_RESOLVED("case.resolved"),
    CASE_REOPENED("case.reopened", Audience.OPERATORS),
    ERASURE_REQUESTED("erasure.requested"),
    ERASURE_REMINDER("erasure.reminder"),
    ERASURE_OVERDUE("erasure.overdue"),
    ERASURE_CANCELLED("erasure.cancelled"),
    CUSTOMER_ERASED("customer.erased"),
    DEPOSIT_COMPLETED("deposit.completed"),
    WITHDRAWAL_COMPLETED("withdrawal.completed"),
    TRANSFER_COMPLETED("transfer.completed"),
    SAGA_REQUIRES_MANUAL_INTERVENTION("saga.requires_manual_intervention", Audience.OPERATORS),
    BOOK_VIOLATED("book.violated", Audience.OPERATORS);

    /** Who is told. Alarms, and what compliance people do among themselves, are not for clients. */
    private enum Audience {
        CLIENTS,
        OPERATORS
    }

    private static final Map<String, EventType> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::code, Function.identity()));

    private static final List<String> FOR_CLIENTS = Arrays.stream(values())
            .filter(EventType::isForClients)
            .map(EventType::code)
            .toList();

    private final String code;
    private final Audience audience;

    EventType(String code) {
        this(code, Audience.CLIENTS);
    }

    EventType(String code, Audience audience) {
        this.code = code;
        this.audience = audience;
    }

    /** As it is stored and sent: {@code payment.completed}. */
    public String code() {
        return code;
    }

    /** Whether clients may see it, and subscribe to it. */
    public boolean isForClients() {
        return audience == Audience.CLIENTS;
    }

    /** Empty if there is no such type. */
    public static Optional<EventType> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The codes of those that clients may subscribe to, in the order of the list. */
    public static List<String> codesForClients() {
        return FOR_CLIENTS;
    }
}
