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
import io.fincore.providers.SendAnswer.NotSent;
import io.fincore.providers.SendAnswer.NotSent.Reason;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Locale;

/**
 * A bank that takes ISO 20022 messages over HTTP/1.1: pacs.008.001.08 by {@code POST /credit-transfers}, pacs.028.001.03 by {@code
 * POST /status-inquiries}, both answered by pacs.002.001.10. These are the versions of the SEPA rulebooks and of SWIFT's CBPR+ since
 * 2023, so a bank that takes credit transfers in ISO 20022 takes these.
 *
 * <p>What left is never guessed at. A transfer is {@link NotSent} only if no connection came about or the bank itself said 503 or
 * 429; it is rejected only if the bank says so in a report about this very transfer, be it with a status of 200 or 4xx. A 4xx without
 * such a report is {@link SendAnswer.Unknown}: it may come from a gateway that the transfer never passed, or be the answer to the
 * second sending of a transfer that was executed the first time.
 *
 * <p>Thread-safe. Nothing is retried here.
 */
public final class HttpBank implements Bank, AutoCloseable {

    private static final JaxbContextCache JAXB_CONTEXTS = new JaxbContextCacheImpl();

    private final BankSettings settings;
    private final CallGuard guard;
    private final HttpExchange exchange;
    private final Clock clock;

    /** @param openTelemetry what records a client span per call and puts its trace context into the request */
    public HttpBank(BankSettings settings, BankResilience resilience, OpenTelemetry openTelemetry) {
        this(settings, resilience, openTelemetry, Clock.systemUTC());
    }

    HttpBank(BankSettings settings, BankResilience resilience, OpenTelemetry openTelemetry, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.guard = new CallGuard(resilience, clock);
        this.exchange = new HttpExchange(settings, openTelemetry, clock);
        warmUp();
    }

    @Override
    public SendAnswer send(CreditTransfer transfer, SendGate gate) {
        // The message is made before anything is asked for: a fault in it must not hold a permission or an opened gate.
        HttpRequest.Builder request = request("/credit-transfers", CreditTransferMessage.xml(transfer))
                .header("Idempotency-Key", transfer.endToEndId().value());
        return switch (guard.enter()) {
            case Refused refused -> new NotSent(refused.reason(), refused.retryAfter());
            case Call call ->
                open(gate, call)
                        ? sendAnswer(run(call, request, transfer.endToEndId()))
                        : new NotSent(Reason.GATE_CLOSED, null);
        };
    }

    @Override
    public InquiryAnswer inquire(EndToEndId id) {
        HttpRequest.Builder request = request("/status-inquiries", StatusInquiryMessage.xml(id, clock));
        return switch (guard.enter()) {
            case Refused refused ->
                new InquiryAnswer.Unavailable(
                        refused.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '), refused.retryAfter());
            case Call call -> inquiryAnswer(run(call, request, id));
        };
    }

    /** Ends the connections; calls under way are awaited. */
    @Override
    public void close() {
        exchange.close();
    }

    /**
     * Builds what JAXB needs for each kind of message, which takes a second, and has Prowide keep it, which it does not do by itself.
     * Left to the first calls, each of which would build its own, that second becomes many under load, and the circuit breaker takes
     * the bank for slow.
     */
    private void warmUp() {
        JaxbContextLoader.INSTANCE.setCacheImpl(JAXB_CONTEXTS);
        EndToEndId nobody = EndToEndId.ofPayment(IdType.PAYMENT.next());
        CreditTransferMessage.xml(
                new CreditTransfer(nobody, Money.of(1, "EUR"), "-", "-", "-", "-", null, null, clock.instant()));
        StatusInquiryMessage.xml(nobody, clock);
        StatusReport.read("<Document xmlns=\"" + MxPacs00200110.NAMESPACE + "\"/>", nobody);
    }

    private HttpRequest.Builder request(String path, String xml) {
        return HttpRequest.newBuilder(settings.resolve(path))
                .header("Content-Type", "application/xml")
                .header("Accept", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString(xml));
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

    private BankReply run(Call call, HttpRequest.Builder request, EndToEndId id) {
        long startedAt = guard.now();
        BankReply reply = new BankReply.Interrupted();
        try {
            reply = exchange.run(request, id);
            return reply;
        } finally {
            call.end(startedAt, reply);
        }
    }

    private static SendAnswer sendAnswer(BankReply reply) {
        return switch (reply) {
            case BankReply.Told told -> told.status();
            case BankReply.Busy busy -> new NotSent(Reason.UNAVAILABLE, busy.retryAfter());
            case BankReply.RateLimited limited -> new NotSent(Reason.RATE_LIMITED, limited.retryAfter());
            case BankReply.NotConnected none -> new NotSent(Reason.CONNECTION_REFUSED, null);
            case BankReply.NotFound none -> new SendAnswer.Unknown("HTTP 404");
            case BankReply.RequestRefused refused -> new SendAnswer.Unknown(refused.detail());
            case BankReply.Unclear unclear -> new SendAnswer.Unknown(unclear.detail());
            case BankReply.Interrupted ended -> new SendAnswer.Unknown("interrupted while waiting for the answer");
        };
    }

    private static InquiryAnswer inquiryAnswer(BankReply reply) {
        return switch (reply) {
            case BankReply.Told told -> told.status();
            case BankReply.NotFound none -> new InquiryAnswer.NotKnown();
            case BankReply.Busy busy -> new InquiryAnswer.Unavailable("HTTP 503", busy.retryAfter());
            case BankReply.RateLimited limited -> new InquiryAnswer.Unavailable("HTTP 429", limited.retryAfter());
            case BankReply.NotConnected failure -> new InquiryAnswer.Unavailable(failure.detail(), null);
            case BankReply.RequestRefused refused -> new InquiryAnswer.Unavailable(refused.detail(), null);
            case BankReply.Unclear unclear -> new InquiryAnswer.Unavailable(unclear.detail(), null);
            case BankReply.Interrupted ended ->
                new InquiryAnswer.Unavailable("interrupted while waiting for the answer", null);
        };
    }
}
