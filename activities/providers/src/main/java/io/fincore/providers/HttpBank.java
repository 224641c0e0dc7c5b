package io.fincore.providers;

import com.prowidesoftware.swift.model.mx.JaxbContextCache;
import com.prowidesoftware.swift.model.mx.JaxbContextCacheImpl;
import com.prowidesoftware.swift.model.mx.JaxbContextLoader;
import com.prowidesoftware.swift.model.mx.MxPacs00200110;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.providers.CallGuard.Call;
import io.fincore.providers.CallGuard.Refused;
import io.fincore.providers.Reply.Told;
import io.fincore.providers.Reply.Untold;
import io.fincore.providers.SendAnswer.NotSent;
import io.fincore.providers.SendAnswer.NotSent.Reason;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpRequest;
import java.time.Clock;

/**
 * A bank that takes ISO 20022 messages over HTTP/1.1: pacs.008.001.08 by {@code POST /credit-transfers}, pacs.007.001.09 by {@code
 * POST /payment-returns}, pacs.028.001.03 by {@code POST /status-inquiries}, all answered by pacs.002.001.10. These are the versions
 * of the SEPA rulebooks and of SWIFT's CBPR+ since 2023, so a bank that takes ISO 20022 takes these.
 *
 * <p>What left is never guessed at. A transfer or a return is {@link NotSent} only if no connection came about or the bank itself said
 * 503 or 429; it is rejected only if the bank says so in a report about this very transfer, be it with a status of 200 or 4xx. A 4xx
 * without such a report is {@link SendAnswer.Unknown}: it may come from a gateway that the transfer never passed, or be the answer to
 * the second sending of a transfer that was executed the first time.
 *
 * <p>Thread-safe. Nothing is retried here.
 */
public final class HttpBank implements Bank, AutoCloseable {

    private static final JaxbContextCache JAXB_CONTEXTS = new JaxbContextCacheImpl();

    private final ProviderClient client;
    private final Clock clock;

    /** @param openTelemetry what records a client span per call and puts its trace context into the request */
    public HttpBank(BankSettings settings, Resilience resilience, OpenTelemetry openTelemetry) {
        this(settings, resilience, openTelemetry, Clock.systemUTC());
    }

    HttpBank(BankSettings settings, Resilience resilience, OpenTelemetry openTelemetry, Clock clock) {
        this.clock = clock;
        this.client = new ProviderClient(settings.endpoint(), resilience, openTelemetry, clock);
        warmUp();
    }

    @Override
    public SendAnswer send(CreditTransfer transfer, SendGate gate) {
        return send("/credit-transfers", transfer.endToEndId(), CreditTransferMessage.xml(transfer), gate);
    }

    @Override
    public SendAnswer requestReturn(ReturnRequest request, SendGate gate) {
        return send("/payment-returns", request.id(), ReturnRequestMessage.xml(request), gate);
    }

    @Override
    public InquiryAnswer inquire(EndToEndId id) {
        Question<BankStatus> question = question("/status-inquiries", StatusInquiryMessage.xml(id, clock), id);
        return switch (client.enter()) {
            case Refused refused -> new InquiryAnswer.Unavailable(refused.detail(), refused.retryAfter());
            case Call call -> inquiryAnswer(client.run(call, question));
        };
    }

    /** Ends the connections; calls under way are awaited. */
    @Override
    public void close() {
        client.close();
    }

    /**
     * Builds what JAXB needs for each kind of message, which takes a second, and has Prowide keep it, which it does not do by itself.
     * Left to the first calls, each of which would build its own, that second becomes many under load, and the circuit breaker takes
     * the bank for slow.
     */
    private void warmUp() {
        JaxbContextLoader.INSTANCE.setCacheImpl(JAXB_CONTEXTS);
        EndToEndId payment = EndToEndId.ofPayment(IdType.PAYMENT.next());
        EndToEndId refund = EndToEndId.ofRefund(IdType.REFUND.next());
        Money cent = Money.of(1, "EUR");
        CreditTransferMessage.xml(new CreditTransfer(payment, cent, "-", "-", "-", "-", null, null, clock.instant()));
        ReturnRequestMessage.xml(new ReturnRequest(refund, payment, cent, null, clock.instant()));
        StatusInquiryMessage.xml(payment, clock);
        StatusReport.read(200, "<Document xmlns=\"" + MxPacs00200110.NAMESPACE + "\"/>", payment);
    }

    /** The message is made before this: a fault in it must not hold a permission or an opened gate. */
    private SendAnswer send(String path, EndToEndId id, String xml, SendGate gate) {
        Question<BankStatus> question = question(path, xml, id);
        question.request().header("Idempotency-Key", id.value());
        return switch (client.enter()) {
            case Refused refused -> new NotSent(reason(refused.reason()), refused.retryAfter());
            case Call call ->
                open(gate, call) ? sendAnswer(client.run(call, question)) : new NotSent(Reason.GATE_CLOSED, null);
        };
    }

    private Question<BankStatus> question(String path, String xml, EndToEndId id) {
        HttpRequest.Builder request = client.request(path)
                .header("Content-Type", "application/xml")
                .header("Accept", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString(xml));
        return new Question<>(
                request,
                "POST " + path,
                "fincore.end_to_end_id",
                id.value(),
                (status, body) -> StatusReport.read(status, body, id));
    }

    private static boolean open(SendGate gate, Call call) {
        boolean opened = false;
        try {
            opened = gate.open();
            return opened;
        } finally {
            if (!opened) {
                call.abandon();
            }
        }
    }

    private static Reason reason(CallGuard.Reason refusal) {
        return switch (refusal) {
            case CIRCUIT_OPEN -> Reason.CIRCUIT_OPEN;
            case BULKHEAD_FULL -> Reason.BULKHEAD_FULL;
        };
    }

    private static SendAnswer sendAnswer(Reply<BankStatus> reply) {
        return switch (reply) {
            case Told<BankStatus> told -> told.answer();
            case Untold<BankStatus> untold ->
                switch (untold.cause()) {
                    case BUSY -> new NotSent(Reason.UNAVAILABLE, untold.retryAfter());
                    case RATE_LIMITED -> new NotSent(Reason.RATE_LIMITED, untold.retryAfter());
                    case NOT_CONNECTED -> new NotSent(Reason.CONNECTION_REFUSED, null);
                    case NOT_FOUND, REQUEST_REFUSED, UNCLEAR, INTERRUPTED -> new SendAnswer.Unknown(untold.detail());
                };
        };
    }

    private static InquiryAnswer inquiryAnswer(Reply<BankStatus> reply) {
        return switch (reply) {
            case Told<BankStatus> told -> told.answer();
            case Untold<BankStatus> untold ->
                untold.cause() == Reply.Cause.NOT_FOUND
                        ? new InquiryAnswer.NotKnown()
                        : new InquiryAnswer.Unavailable(untold.detail(), untold.retryAfter());
        };
    }
}
