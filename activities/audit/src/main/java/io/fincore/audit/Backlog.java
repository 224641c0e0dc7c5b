package io.fincore.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * What is recorded and waits to be chained.
 *
 * @param unsealed how many records
 * @param oldest when the first of them was recorded
 */
public record Backlog(long unsealed, Optional<Instant> oldest) {}
