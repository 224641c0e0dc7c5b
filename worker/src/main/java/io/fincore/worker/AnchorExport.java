package io.fincore.worker;

import io.fincore.audit.Anchor;
import io.fincore.audit.AuditLog;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Anchors the audit log's head when it is time, and writes each anchor to the process's log: logs leave the machine. */
final class AnchorExport implements BooleanSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(AnchorExport.class);

    private final AuditLog log;
    private final Duration every;

    AnchorExport(AuditLog log, Duration every) {
        this.log = log;
        this.every = every;
    }

    /** Whether there is more to do at once: never, the head must move first. */
    @Override
    public boolean getAsBoolean() {
        Optional<Anchor> anchor = log.anchor(every);
        anchor.ifPresent(exported -> LOG.info("{}", exported.toLine()));
        return false;
    }
}
