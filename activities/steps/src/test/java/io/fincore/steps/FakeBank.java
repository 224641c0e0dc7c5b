package io.fincore.steps;

import io.fincore.money.EndToEndId;
import io.fincore.providers.Bank;
import io.fincore.providers.BankStatus;
import io.fincore.providers.CreditTransfer;
import io.fincore.providers.InquiryAnswer;
import io.fincore.providers.ReturnRequest;
import io.fincore.providers.SendAnswer;
import io.fincore.providers.SendGate;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A bank that says what the test has told it to. Told nothing, it settles, and knows what it has received. */
final class FakeBank implements Bank {

    final Deque<Supplier<SendAnswer>> sendAnswers = new ConcurrentLinkedDeque<>();
    final Deque<Supplier<InquiryAnswer>> inquiryAnswers = new ConcurrentLinkedDeque<>();
    final List<CreditTransfer> received = new CopyOnWriteArrayList<>();
    final List<ReturnRequest> receivedReturns = new CopyOnWriteArrayList<>();
    final List<EndToEndId> inquiries = new CopyOnWriteArrayList<>();
    volatile boolean circuitOpen;

    /** Runs when breaker and bulkhead have admitted a call, before its gate. */
    volatile Runnable admitted = () -> {};

    @Override
    public SendAnswer send(CreditTransfer transfer, SendGate gate) {
        return receive(transfer, received, gate);
    }

    @Override
    public SendAnswer requestReturn(ReturnRequest request, SendGate gate) {
        return receive(request, receivedReturns, gate);
    }

    private <T> SendAnswer receive(T message, List<T> box, SendGate gate) {
        if (circuitOpen) {
            return new SendAnswer.NotSent(SendAnswer.NotSent.Reason.CIRCUIT_OPEN, null);
        }
        admitted.run();
        if (!gate.open()) {
            return new SendAnswer.NotSent(SendAnswer.NotSent.Reason.GATE_CLOSED, null);
        }
        box.add(message);
        Supplier<SendAnswer> answer = sendAnswers.poll();
        return answer == null ? new BankStatus.Settled("BANK-1") : answer.get();
    }

    @Override
    public InquiryAnswer inquire(EndToEndId id) {
        inquiries.add(id);
        Supplier<InquiryAnswer> answer = inquiryAnswers.poll();
        return answer == null ? fromItsBook(id) : answer.get();
    }

    private InquiryAnswer fromItsBook(EndToEndId id) {
        boolean known = received.stream()
                        .anyMatch(transfer -> transfer.endToEndId().equals(id))
                || receivedReturns.stream().anyMatch(request -> request.id().equals(id));
        return known ? new BankStatus.Settled("BANK-1") : new InquiryAnswer.NotKnown();
    }

    void willAnswer(SendAnswer... answers) {
        for (SendAnswer answer : answers) {
            sendAnswers.add(() -> answer);
        }
    }

    void willAnswerInquiry(InquiryAnswer... answers) {
        for (InquiryAnswer answer : answers) {
            inquiryAnswers.add(() -> answer);
        }
    }
}
