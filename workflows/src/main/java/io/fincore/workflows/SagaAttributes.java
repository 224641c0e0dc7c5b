package io.fincore.workflows;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** What operators find workflows by in the Web UI. Never personal data: search attributes are stored in the clear. */
public final class SagaAttributes {

    public static final SearchAttributeKey<String> PAYMENT_STATUS = SearchAttributeKey.forKeyword("PaymentStatus");
    public static final SearchAttributeKey<String> SAGA_STATUS = SearchAttributeKey.forKeyword("SagaStatus");
    /** Why the saga waits for a person; unset unless it does. */
    public static final SearchAttributeKey<String> INTERVENTION_CAUSE =
            SearchAttributeKey.forKeyword("InterventionCause");

    public static final SearchAttributeKey<String> CUSTOMER_ID = SearchAttributeKey.forKeyword("CustomerId");
    public static final SearchAttributeKey<String> CURRENCY = SearchAttributeKey.forKeyword("Currency");
    public static final SearchAttributeKey<String> CORRELATION_ID = SearchAttributeKey.forKeyword("CorrelationId");

    /** All of them, for whoever has to register them with a Temporal namespace. */
    public static final List<SearchAttributeKey<String>> ALL =
            List.of(PAYMENT_STATUS, SAGA_STATUS, INTERVENTION_CAUSE, CUSTOMER_ID, CURRENCY, CORRELATION_ID);

    private SagaAttributes() {}
}
