/** The scheduled check of the book: whether its invariants hold. */
@NullMarked
package io.fincore.workflows.bookcheck;

import org.jspecify.annotations.NullMarked;
