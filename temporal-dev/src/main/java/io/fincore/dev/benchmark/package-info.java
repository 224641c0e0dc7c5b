/** What a payment costs, measured beside a workflow of the same shape that does nothing. */
@NullMarked
package io.fincore.dev.benchmark;

import org.jspecify.annotations.NullMarked;
