/** The activities: they join the libraries to Temporal and own payments, cases and the saga record. */
@NullMarked
package io.fincore.steps;

import org.jspecify.annotations.NullMarked;
