package io.fincore.worker;

import io.fincore.outbox.Event;
import io.fincore.outbox.EventConsumer;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each event to the log as one line and counts it: what monitoring alerts on. May see an event again after a crash. */
final class EventLog implements EventConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    private final MeterRegistry meters;

    EventLog(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void accept(Event event) {
        LOG.atInfo()
                .addKeyValue("event_id", event.id())
                .addKeyValue("event_type", event.type())
                .addKeyValue("event_position", event.position())
                .addKeyValue("subject_id", event.subjectId())
                .log("event {} {} of {}", event.id(), event.type(), event.subjectId());
        meters.counter("fincore.events", "type", event.type()).increment();
    }
}
