/** Contracts and orchestration: what a payment is, step by step. */
@NullMarked
package io.fincore.workflows;

import org.jspecify.annotations.NullMarked;
