package io.fincore.providers;

/**
 * The last word before a transfer leaves. It is where the caller commits that the transfer may have been sent from now on, so that
 * a cancellation and a send cannot both win.
 */
@FunctionalInterface
public interface SendGate {

    /** @return false if the transfer must not leave: nothing is sent, and no failure is counted */
    boolean open();
}
