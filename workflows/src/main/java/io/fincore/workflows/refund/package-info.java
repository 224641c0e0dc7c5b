/** The refund saga: the bank returns funds of a completed payment, and the wallet is credited. */
@NullMarked
package io.fincore.workflows.refund;

import org.jspecify.annotations.NullMarked;
