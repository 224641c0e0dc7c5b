package io.fincore.api.limits;

import java.util.Collection;

/** A body that orders money out of wallets. */
public interface Spends {

    /** The wallets' ids as the client gave them, not checked yet. */
    Collection<String> sources();
}
