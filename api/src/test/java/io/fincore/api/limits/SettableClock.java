package io.fincore.api.limits;

import io.github.bucket4j.TimeMeter;

/** A clock that goes when a test says so. */
public final class SettableClock implements TimeMeter {

    public long nanos;

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
