package io.fincore.providers;

/**
 * A provider that brings messages to customers. Blocks until the provider has answered or can no longer be waited for, never throws
 * for what the provider or the network does, and never calls twice: retries are the caller's.
 */
public interface Notifier {

    /** Hands a notification over. Its id is the provider's idempotency key: the same one may be handed over again, and is sent once. */
    NotifierAnswer deliver(Notification notification);
}
