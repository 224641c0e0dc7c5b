/** Versioned rules, the sanctions list and limits: whether a payment may go. */
@NullMarked
package io.fincore.decision;

import org.jspecify.annotations.NullMarked;
