/** The payment saga: from the order to the bank's final answer. */
@NullMarked
package io.fincore.workflows.payment;

import org.jspecify.annotations.NullMarked;
