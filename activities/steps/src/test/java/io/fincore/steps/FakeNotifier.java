package io.fincore.steps;

import io.fincore.providers.Notification;
import io.fincore.providers.Notifier;
import io.fincore.providers.NotifierAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A provider of notifications that answers for each recipient as the test has told it to, and delivers when it was told nothing. */
final class FakeNotifier implements Notifier {

    final Map<String, Supplier<NotifierAnswer>> answers = new ConcurrentHashMap<>();
    final List<Notification> received = new CopyOnWriteArrayList<>();

    @Override
    public NotifierAnswer deliver(Notification notification) {
        received.add(notification);
        return answers.getOrDefault(notification.recipient(), NotifierAnswer.Delivered::new)
                .get();
    }
}
