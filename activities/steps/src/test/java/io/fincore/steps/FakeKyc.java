package io.fincore.steps;

import io.fincore.providers.Kyc;
import io.fincore.providers.KycAnswer;
import io.fincore.providers.KycCheck;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A KYC provider that says what the test has told it to, and approves when it was told nothing. */
final class FakeKyc implements Kyc {

    final Deque<KycAnswer> answers = new ConcurrentLinkedDeque<>();
    final Deque<KycAnswer> inquiryAnswers = new ConcurrentLinkedDeque<>();
    final List<KycCheck> received = new CopyOnWriteArrayList<>();

    @Override
    public KycAnswer verify(KycCheck check) {
        received.add(check);
        KycAnswer answer = answers.poll();
        return answer == null ? new KycAnswer.Approved("KYC-1") : answer;
    }

    @Override
    public KycAnswer inquire(String checkId) {
        KycAnswer answer = inquiryAnswers.poll();
        return answer == null ? new KycAnswer.Approved("KYC-1") : answer;
    }
}
