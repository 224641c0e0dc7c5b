package io.fincore.api.orders;

/** What has become of an order, as its client sees it. */
public interface Ordered {

    String id();

    /** Whether its status is a terminal one. */
    boolean isEnded();
}
