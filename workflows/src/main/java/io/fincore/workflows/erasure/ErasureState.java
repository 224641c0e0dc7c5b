package io.fincore.workflows.erasure;

import java.util.List;

/**
 * Where an erasure stands.
 *
 * @param obstacles what was in the way when it was tried last
 * @param next what happens next, in words
 */
public record ErasureState(
        String erasureId, String customerId, ErasureStatus status, List<Obstacle> obstacles, String next) {

    public ErasureState {
        obstacles = List.copyOf(obstacles);
    }
}
