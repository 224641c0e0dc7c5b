package io.fincore.providers;

import io.fincore.money.EndToEndId;

/**
 * A bank that carries out credit transfers from our account with it. All calls block until the bank has answered or can no
 * longer be waited for, never throw for what the bank or the network does, and never call twice: retries are the caller's.
 */
public interface Bank {

    /**
     * Asks the bank to carry out the transfer. The end-to-end id is the bank's idempotency key: the same transfer may be sent
     * again, and is carried out once.
     *
     * @param gate asked once, when the circuit breaker and the bulkhead have admitted the call and before its first byte leaves;
     *     not asked if they refuse. What it throws is thrown on, and nothing was sent then.
     */
    SendAnswer send(CreditTransfer transfer, SendGate gate);

    /**
     * Asks the bank to return a settled transfer, or part of it. The answers say of the return what those of {@link #send} say of a
     * transfer; {@link BankStatus.Settled} means that the money is back on our account. The return's own id is the idempotency key.
     *
     * @param gate as in {@link #send}
     */
    SendAnswer requestReturn(ReturnRequest request, SendGate gate);

    /** Asks what has become of a transfer or of a return. Changes nothing at the bank. */
    InquiryAnswer inquire(EndToEndId id);
}
